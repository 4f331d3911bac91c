package dev.parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.PlaceId;
import dev.parley.storage.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How well moderation tells harmful texts at least, with the classifier and the word lists that are
 * shipped, as messages are looked at. Where the samples come from is in the README beside them.
 */
class ModerationFloorTest {
  private static final PlaceId PLACE = Stores.PRIVATE;

  /** Nearly all that comes to a bot is ordinary: more would annoy people. */
  private static final double MOST_ALARMS = 0.01;

  private static final int LARGEST_FILE = 2 << 20;

  @TempDir private Path folder;
  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  /** Texts that were held out when it learned; 0.92 of them were told right. */
  @Test
  void insultsOfGroupsInChineseAreToldFromOtherTexts() throws Exception {
    List<LabelledText> texts = ModerationData.cold(sample("cold.jsonl"));

    long right = texts.stream().filter(text -> isHarmful(text) == isFound(text)).count();

    assertThat(texts).hasSize(200);
    assertThat(share(right, texts)).isGreaterThanOrEqualTo(0.85);
  }

  /**
   * It learned from these, so that this notices when it gets worse and does not say how good it is;
   * recall was 1.00, F1 0.92.
   */
  @Test
  void whatIsHarmfulInEnglishIsFound() throws Exception {
    List<LabelledText> texts = ModerationData.openAi(sample("openai.jsonl"));
    List<LabelledText> harmful = texts.stream().filter(ModerationFloorTest::isHarmful).toList();

    long found = harmful.stream().filter(this::isFound).count();
    long said = texts.stream().filter(this::isFound).count();

    assertThat(texts).hasSize(150);
    assertThat(share(found, harmful)).as("recall").isGreaterThanOrEqualTo(0.75);
    assertThat(2.0 * found / (said + harmful.size())).as("F1").isGreaterThanOrEqualTo(0.70);
  }

  /**
   * What people said to each other or to a bot, none of which it learned from; 3 were objected to.
   */
  @Test
  void ordinaryMessagesAreLeftAlone() throws Exception {
    List<LabelledText> texts = ModerationData.ordinary(sample("ordinary.txt"));

    List<String> alarms = texts.stream().filter(this::isFound).map(LabelledText::text).toList();

    assertThat(texts).hasSize(300);
    assertThat(share(alarms.size(), texts)).as("%s", alarms).isLessThanOrEqualTo(MOST_ALARMS);
  }

  /** It travels in every archive and image. */
  @Test
  void itsFileIsSmall() throws IOException {
    try (InputStream in = resource("classifier.bin").openStream()) {
      assertThat(in.readAllBytes()).hasSizeBetween(1, LARGEST_FILE);
    }
  }

  private static boolean isHarmful(LabelledText text) {
    return !text.are().isEmpty();
  }

  private boolean isFound(LabelledText text) {
    return stores.moderator.look(PLACE, text.text()).isPresent();
  }

  private static double share(long count, List<?> of) {
    return (double) count / of.size();
  }

  private static Path sample(String name) throws URISyntaxException {
    return Path.of(resource(name).toURI());
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(ModerationFloorTest.class.getResource(name), name);
  }
}
