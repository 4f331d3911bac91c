package dev.parley.model.catalogue;

import static dev.parley.model.catalogue.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ModelException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefaultModelTest {
  private static final Locale TAIWAN = Locale.forLanguageTag("zh-TW");
  private static final Machine TODAY = new Machine(8_000, 0, Set.of("llama"));
  private static final Machine LATER = new Machine(8_000, 0, Set.of("llama", "qwen3"));

  private final Catalogue catalogue =
      new Catalogue(
          List.of(
              entry("large", "qwen3", 4000, List.of("zh", "en"), 10_000, true),
              entry("middle", "qwen3", 600, List.of("zh", "en"), 2_000, true),
              entry("named-only", "llama", 1, List.of("en"), 10, false),
              entry("small", "llama", 100, List.of("en"), 700, true)));

  private Choice choose(Locale locale, Machine machine, String... unavailable) {
    return catalogue.choose(locale, machine, entry -> !List.of(unavailable).contains(entry.id()));
  }

  @Test
  void englishGetsTheSmallest() {
    assertThat(choose(Locale.UK, TODAY).entry().id()).isEqualTo("small");
  }

  @Test
  void chineseGetsTheSmallestThatSpeaksIt() {
    Choice choice = choose(TAIWAN, LATER);

    assertThat(choice.entry().id()).isEqualTo("middle");
    assertThat(choice.reason()).isEqualTo("the smallest for Chinese");
  }

  @Test
  void chineseGetsTheSmallestOfAllWhileTheEngineLacksTheFamily() {
    Choice choice = choose(TAIWAN, TODAY);

    assertThat(choice.entry().id()).isEqualTo("small");
    assertThat(choice.reason()).contains("Chinese wants middle, which needs a later version");
  }

  @Test
  void chineseGetsTheSmallestOfAllWhereOnlyPackagesAreReachable() {
    Choice choice = choose(TAIWAN, LATER, "middle", "large");

    assertThat(choice.entry().id()).isEqualTo("small");
    assertThat(choice.reason()).contains("no source of middle for Chinese answers");
  }

  @Test
  void aCardGetsTheLargestThatFitsIt() {
    Machine withCard = new Machine(8_000, 12_000, Set.of("llama", "qwen3"));

    assertThat(choose(TAIWAN, withCard).entry().id()).isEqualTo("large");
    assertThat(choose(TAIWAN, withCard, "large").entry().id()).isEqualTo("middle");
  }

  @Test
  void whatDoesNotFitIsNotChosen() {
    Choice choice = choose(TAIWAN, new Machine(1_000, 0, Set.of("llama", "qwen3")));

    assertThat(choice.entry().id()).isEqualTo("small");
    assertThat(choice.reason()).contains("needs more memory");
  }

  @Test
  void anUnknownLanguageGetsTheSmallest() {
    assertThat(choose(Locale.of("is"), TODAY).reason())
        .contains("no model of the catalogue speaks Icelandic");
  }

  @Test
  void aMachineForNoModelIsNamed() {
    assertThatThrownBy(() -> choose(Locale.UK, new Machine(1, 0, Set.of("llama"))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("PARLEY_MODEL");
  }
}
