package dev.parley.core;

import dev.parley.command.Pictures;
import dev.parley.language.Texts;
import dev.parley.reply.Hour;
import dev.parley.usage.Day;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** "Draws" by writing the figures down, for tests to read. Nothing without a figure. */
final class TextPictures implements Pictures {
  @Override
  public Optional<byte[]> usage(List<Day> days, Texts texts) {
    return Optional.of(days.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<byte[]> lastDay(List<Hour> hours, Texts texts) {
    return Optional.of(hours.toString().getBytes(StandardCharsets.UTF_8));
  }
}
