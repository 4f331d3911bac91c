package dev.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ScreenTest {
  @Test
  void escapeSequencesLoseWhatMakesThemOne() {
    assertThat(Screen.visible("a\u001b[2Jb\u001b]0;title\u0007c\u009b31md\r\u0008\u007fe"))
        .isEqualTo("a[2Jb]0;titlec31mde");
  }

  @Test
  void marksThatTurnTheDirectionAreTakenOut() {
    assertThat(Screen.visible("report\u202Egnp.exe\u202C")).isEqualTo("reportgnp.exe");
  }

  @Test
  void everyKindOfLineEndIsALineBreak() {
    assertThat(Screen.visible("a\nb\r\nc\u2028d\u2029e")).isEqualTo("a\nb\nc\nd\ne");
  }

  @Test
  void aTabIsFourBlanks() {
    assertThat(Screen.visible("\tif x:")).isEqualTo("    if x:");
  }

  @Test
  void joinedEmojiAndChineseStayWhole() {
    assertThat(Screen.visible("👨‍👩‍👧‍👦 全家")).isEqualTo("👨‍👩‍👧‍👦 全家");
  }

  @Property
  void nothingButLineBreaksControlsTheTerminal(@ForAll String text) {
    assertThat(Screen.visible(text).codePoints().filter(Character::isISOControl))
        .allMatch(c -> c == '\n');
  }
}
