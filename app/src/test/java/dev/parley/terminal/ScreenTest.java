package dev.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
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

  @Test
  void notesAreDimmedButWhereNoColourIsWanted() throws IOException {
    assertThat(noted("xterm", Map.of())).isEqualTo("\u001b[2maside\u001b[0m\n");
    assertThat(noted("xterm", Map.of("NO_COLOR", ""))).contains("\u001b[2m");
    assertThat(noted("xterm", Map.of("NO_COLOR", "1"))).isEqualTo("aside\n");
    assertThat(noted("dumb", Map.of())).isEqualTo("aside\n");
  }

  @Test
  void aNoteOfOneLineIsCutWhereTheLineEnds() throws IOException {
    Keyboard keyboard = new Keyboard("dumb", 8);
    Screen screen = new Screen(keyboard.terminal(), 0, Map.of());

    screen.noteLine("one\n two");
    screen.noteLine("月亮拉動海水");

    assertThat(keyboard.output().replace("\r", "")).isEqualTo("one two\n月亮拉…\n");
  }

  @Test
  void aTerminalWithoutASizeGetsTheOneThatIsKnown() throws IOException {
    Keyboard keyboard = new Keyboard("dumb", 0);

    new Screen(keyboard.terminal(), 11, Map.of()).note("the quick brown fox");

    assertThat(keyboard.output().replace("\r", "")).isEqualTo("the quick\nbrown fox\n");
  }

  private static String noted(String type, Map<String, String> environment) throws IOException {
    Keyboard keyboard = new Keyboard(type, 80);
    new Screen(keyboard.terminal(), 0, environment).note("aside");
    return keyboard.output().replace("\r", "");
  }

  @Property
  void nothingButLineBreaksControlsTheTerminal(@ForAll String text) {
    assertThat(Screen.visible(text).codePoints().filter(Character::isISOControl))
        .allMatch(c -> c == '\n');
  }
}
