package dev.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class LineWrapperTest {
  @Test
  void breaksBetweenWords() {
    LineWrapper wrapper = new LineWrapper(11);

    assertThat(wrapper.add("the quick brown fox") + wrapper.finish())
        .isEqualTo("the quick\nbrown fox");
    assertThat(wrapper.rows()).isEqualTo(1);
  }

  @Test
  void holdsBackAWordThatMayStillGrow() {
    LineWrapper wrapper = new LineWrapper(11);

    assertThat(wrapper.add("the quick bro")).isEqualTo("the quick");
    assertThat(wrapper.add("wn fox")).isEqualTo("\nbrown");
    assertThat(wrapper.finish()).isEqualTo(" fox");
  }

  @Test
  void countsChineseCharactersAsTwoColumns() {
    LineWrapper wrapper = new LineWrapper(8);

    assertThat(wrapper.add("月亮拉動海水") + wrapper.finish()).isEqualTo("月亮拉動\n海水");
  }

  @Test
  void keepsLineBreaksOfTheText() {
    LineWrapper wrapper = new LineWrapper(40);

    assertThat(wrapper.add("- one\n- two\n\nend") + wrapper.finish())
        .isEqualTo("- one\n- two\n\nend");
    assertThat(wrapper.rows()).isEqualTo(3);
  }

  @Test
  void aCommandIsNotTornApart() {
    assertThat(new LineWrapper(20).add("what matters here. /help says more"))
        .isEqualTo("what matters here.\n/help says");
    LineWrapper streaming = new LineWrapper(20);
    assertThat(streaming.add("what matters here. /") + streaming.add("help ") + streaming.finish())
        .isEqualTo("what matters here.\n/help");
  }

  @Test
  void aSlashInsideAWordMayEndALine() {
    assertThat(new LineWrapper(12).add("one/two/three/four five"))
        .isEqualTo("one/two/\nthree/four");
  }

  @Test
  void aLineFollowsTheTerminalThatBecameNarrower() {
    LineWrapper wrapper = new LineWrapper(20);

    String wide = wrapper.add("the quick brown fox jumps");
    wrapper.resize(10);

    assertThat(wide + wrapper.add(" over ") + wrapper.finish())
        .isEqualTo("the quick brown fox\njumps over");
    assertThat(wrapper.rows()).isEqualTo(2);
  }

  @Property(tries = 300)
  void losesNothingAndFitsWhereAWordFits(
      @ForAll List<@IntRange(min = 1, max = 12) Integer> lengths,
      @ForAll @IntRange(min = 14, max = 60) int width) {
    StringBuilder text = new StringBuilder();
    StringBuilder wrapped = new StringBuilder();
    LineWrapper wrapper = new LineWrapper(width);
    for (int length : lengths) {
      String word = "x".repeat(length) + " ";
      text.append(word);
      wrapped.append(wrapper.add(word));
    }
    wrapped.append(wrapper.finish());

    assertThat(wrapped.toString().replaceAll("\\s", ""))
        .isEqualTo(text.toString().replace(" ", ""));
    assertThat(wrapped.toString().split("\n"))
        .allSatisfy(
            line ->
                assertThat(new AttributedString(line.stripTrailing()).columnLength())
                    .isLessThanOrEqualTo(width));
  }
}
