package dev.parley.command;

import dev.parley.language.Texts;
import dev.parley.reply.Hour;
import dev.parley.usage.Day;
import java.util.List;
import java.util.Optional;

/**
 * Draws figures as PNG files. The launcher has it: how to draw is none of the core's business.
 * Empty where nothing can be drawn, as without the system's libraries for fonts. Thread-safe.
 */
public interface Pictures {
  /** What somebody used by day. */
  Optional<byte[]> usage(List<Day> days, Texts texts);

  /** How the bot did by hour. */
  Optional<byte[]> lastDay(List<Hour> hours, Texts texts);
}
