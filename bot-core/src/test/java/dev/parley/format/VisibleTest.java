package dev.parley.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Bidi;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever people call themselves and theirs, a list says what stands beside it. */
class VisibleTest {
  private static final String BEFORE = "1. ";
  private static final String AFTER = " · 23 · abc";

  @Provide
  Arbitrary<String> hostile() {
    return HostileText.any();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada",
        "Zoë O’Neil",
        "陳大文",
        "Việt",
        "👩‍🚀",
        "❤️",
        "สวัสดี",
        "می‌خواهم",
        "José 2nd",
        "a.b"
      })
  void ordinaryNamesStay(String name) {
    assertThat(Visible.line(name)).isEqualTo(name);
  }

  @Test
  void whatShowsNothingIsAQuestionMark() {
    assertThat(Markdown.name("\u3164\u200B \u2800\uFE0F")).isEqualTo("?");
  }

  @Property(tries = 5_000)
  void whatStandsBesideANameStaysWhereItIs(@ForAll("hostile") String name) {
    String shown = Markdown.format(BEFORE + "**" + Markdown.name(name) + "**" + AFTER).text();

    assertThat(shown).startsWith(BEFORE).endsWith(AFTER);
    int[] places = places(shown);
    int from = shown.length() - AFTER.length();
    for (int i = 0; i < BEFORE.length(); i++) {
      assertThat(places[i]).isEqualTo(i);
    }
    for (int i = from; i < shown.length(); i++) {
      assertThat(places[i]).isEqualTo(i);
    }
  }

  @Property(tries = 5_000)
  void aNameIsOneLineAndHidesNothing(@ForAll("hostile") String name) {
    assertThat(Visible.line(name))
        .doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\u200B\u2060\uFEFF\u00AD\u202A-\u202E]")
        .doesNotContainPattern("[\u2066-\u2069\u200E\u200F\u061C\u3164\u2800]")
        .doesNotContainPattern("[\\p{Mn}\\p{Me}&&[^\uFE00-\uFE0F]]{5}")
        .isEqualTo(Visible.line(name).strip());
  }

  @Property(tries = 5_000)
  void aNameHasNoStyle(@ForAll("hostile") String name) {
    assertThat(Markdown.format("x " + Markdown.name(name) + " x").spans()).isEmpty();
    assertThat(Markdown.format(Markdown.name(name)).spans()).isEmpty();
  }

  @Property(tries = 5_000)
  void textWithItsLinesHasNoStyleEither(@ForAll("hostile") String text) {
    assertThat(Markdown.format("x " + Markdown.escape(text)).spans())
        .noneMatch(span -> !(span.style() instanceof Style.CodeBlock));
  }

  /** Where each character comes to stand, by the algorithm that screens use, in a line. */
  private static int[] places(String line) {
    Bidi bidi = new Bidi(line, Bidi.DIRECTION_LEFT_TO_RIGHT);
    byte[] levels = new byte[line.length()];
    Integer[] order = new Integer[line.length()];
    for (int i = 0; i < line.length(); i++) {
      levels[i] = (byte) bidi.getLevelAt(i);
      order[i] = i;
    }
    Bidi.reorderVisually(levels, 0, order, 0, line.length());
    int[] places = new int[line.length()];
    for (int at = 0; at < order.length; at++) {
      places[order[at]] = at;
    }
    return places;
  }
}
