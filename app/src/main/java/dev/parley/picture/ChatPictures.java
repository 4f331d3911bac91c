package dev.parley.picture;

import dev.parley.command.Pictures;
import dev.parley.language.Texts;
import dev.parley.reply.Hour;
import dev.parley.usage.Day;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bars of figures. Their titles are in the reader's language where the system has a font for it,
 * else in English. Thread-safe.
 *
 * @param zone whose hours are meant
 */
public record ChatPictures(ZoneId zone) implements Pictures {
  private static final Logger log = LoggerFactory.getLogger(ChatPictures.class);
  private static final Color BLUE = new Color(0x1F, 0x4E, 0x8C);
  private static final Color LIGHT = new Color(0x9D, 0xBD, 0xE0);
  private static final Color RED = new Color(0xC0, 0x39, 0x2B);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH", Locale.ROOT);

  @Override
  public Optional<byte[]> usage(List<Day> days, Texts texts) {
    return drawn(
        () -> {
          Texts words = readable(texts, "picture.usage.answers");
          List<String> dates = days.stream().map(day -> day.date().format(DAY)).toList();
          return Panels.png(
              Panels.SMALL,
              List.of(
                  panel(
                      words.say("picture.usage.answers"),
                      dates,
                      days,
                      BLUE,
                      day -> (double) day.used().answers()),
                  panel(
                      words.say("picture.usage.tokens"),
                      dates,
                      days,
                      LIGHT,
                      day -> day.used().tokens() / 1e3)));
        });
  }

  @Override
  public Optional<byte[]> lastDay(List<Hour> hours, Texts texts) {
    return drawn(
        () -> {
          Texts words = readable(texts, "picture.day.waiting");
          List<String> times =
              hours.stream().map(hour -> hour.begins().atZone(zone).format(HOUR)).toList();
          Map<String, Panels.Bars> replies = new LinkedHashMap<>();
          replies.put(
              words.say("picture.day.answered"),
              bars(hours, BLUE, hour -> (double) hour.answered()));
          replies.put(
              words.say("picture.day.failed"), bars(hours, RED, hour -> (double) hour.failed()));
          Map<String, Panels.Bars> seconds = new LinkedHashMap<>();
          seconds.put(
              words.say("picture.day.wait"), bars(hours, BLUE, hour -> seconds(hour.waited())));
          seconds.put(
              words.say("picture.day.first-token"),
              bars(hours, LIGHT, hour -> seconds(hour.toFirstToken())));
          return Panels.png(
              Panels.LARGE,
              List.of(
                  new Panels.Panel(words.say("picture.day.replies"), times, replies),
                  panel(
                      words.say("picture.day.waiting"),
                      times,
                      hours,
                      BLUE,
                      hour -> (double) hour.mostWaiting()),
                  new Panels.Panel(words.say("picture.day.seconds"), times, seconds),
                  panel(
                      words.say("picture.day.speed"),
                      times,
                      hours,
                      BLUE,
                      hour -> hour.tokensPerSecond().orElse(0))));
        });
  }

  private static <T> Panels.Panel panel(
      String title, List<String> labels, List<T> rows, Color color, Function<T, Double> figure) {
    return new Panels.Panel(title, labels, Map.of(title, bars(rows, color, figure)));
  }

  private static <T> Panels.Bars bars(List<T> rows, Color color, Function<T, Double> figure) {
    return new Panels.Bars(rows.stream().map(figure).toList(), color);
  }

  private static double seconds(Optional<Duration> time) {
    return time.map(each -> each.toMillis() / 1e3).orElse(0.0);
  }

  /** Those, or the English ones where the system has no font that shows them. */
  private static Texts readable(Texts texts, String sample) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    return font.canDisplayUpTo(texts.say(sample)) < 0 ? texts : Texts.of(Locale.ENGLISH);
  }

  /** Java finds out only when it draws whether the system's libraries for fonts are there. */
  private static Optional<byte[]> drawn(Callable<byte[]> drawing) {
    System.setProperty("java.awt.headless", "true");
    try {
      return Optional.of(drawing.call());
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      log.warn("Nothing can be drawn here: {}", e.toString());
      return Optional.empty();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
