package dev.parley.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.language.Texts;
import dev.parley.reply.Hour;
import dev.parley.usage.Day;
import dev.parley.usage.Totals;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The pictures are left in the build's folder to be looked at. */
class ChatPicturesTest {
  private static final int BLUE = 0x1F4E8C;
  private static final int RED = 0xC0392B;
  private static final LocalDate DAY = LocalDate.of(2026, 11, 15);
  private static final Instant HOUR = Instant.parse("2026-11-27T08:00:00Z");

  private final ChatPictures pictures = new ChatPictures(ZoneOffset.UTC);

  @Test
  void useIsDrawnByDay() throws IOException {
    BufferedImage picture = draw("usage.png", pictures.usage(days(7), Texts.of(Locale.ENGLISH)));

    assertThat(columns(picture, BLUE)).isGreaterThan(200);
    assertThat(columns(draw("unused.png", pictures.usage(days(0), Texts.of(Locale.ENGLISH))), BLUE))
        .isZero();
  }

  @Test
  void aDayIsDrawnByHour() throws IOException {
    BufferedImage picture = draw("day.png", pictures.lastDay(hours(), Texts.of(Locale.ENGLISH)));

    assertThat(columns(picture, BLUE)).isGreaterThan(300);
    assertThat(columns(picture, RED)).isPositive();
  }

  @Test
  void anHourThatComesTwiceIsDrawnTwice() throws IOException {
    Hour usual = hours().getLast();
    Instant summersEnd = Instant.parse("2026-10-24T10:00:00Z");
    List<Hour> hours =
        IntStream.range(0, 24)
            .mapToObj(
                i ->
                    new Hour(
                        summersEnd.plus(Duration.ofHours(i)),
                        5,
                        0,
                        0,
                        usual.waited(),
                        usual.toFirstToken(),
                        usual.tokensPerSecond()))
            .toList();

    BufferedImage picture =
        draw(
            "day-of-25-hours.png",
            new ChatPictures(ZoneId.of("Europe/Berlin")).lastDay(hours, Texts.of(Locale.ENGLISH)));

    assertThat(columns(picture, BLUE)).isGreaterThan(500);
  }

  @Test
  void inALanguageWithoutAFontItIsDrawnAllTheSame() throws IOException {
    draw("usage-zh.png", pictures.usage(days(7), Texts.of(Locale.TAIWAN)));
    draw("day-zh.png", pictures.lastDay(hours(), Texts.of(Locale.TAIWAN)));
  }

  private static List<Day> days(long answers) {
    return IntStream.range(0, 14)
        .mapToObj(
            i ->
                new Day(
                    DAY.plusDays(i),
                    new Totals(0, answers * (i % 5), 900L * answers * (i % 5), 100L * answers * i)))
        .toList();
  }

  private static List<Hour> hours() {
    return IntStream.range(0, 24)
        .mapToObj(
            i ->
                new Hour(
                    HOUR.plus(Duration.ofHours(i)),
                    i < 6 ? 0 : 10 * (i % 7),
                    i % 11 == 0 ? 2 : 0,
                    i < 6 ? 0 : i % 4 * 3,
                    i < 6 ? Optional.empty() : Optional.of(Duration.ofMillis(300L * i)),
                    i < 6 ? Optional.empty() : Optional.of(Duration.ofMillis(40L * i)),
                    i < 6 ? OptionalDouble.empty() : OptionalDouble.of(90 - i)))
        .toList();
  }

  private static BufferedImage draw(String name, Optional<byte[]> drawn) throws IOException {
    byte[] png = drawn.orElseThrow();
    Files.write(Files.createDirectories(Path.of("target", "pictures")).resolve(name), png);
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  /** In how many columns there is a point of a colour. */
  private static long columns(BufferedImage picture, int colour) {
    return IntStream.range(0, picture.getWidth())
        .filter(
            x ->
                IntStream.range(0, picture.getHeight())
                    .anyMatch(y -> (picture.getRGB(x, y) & 0xFFFFFF) == colour))
        .count();
  }
}
