package dev.parley.terminal;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.ReplyChannel;
import java.util.List;
import java.util.Optional;

/**
 * A reply on a terminal: text that only grows is continued where it stands, any other change
 * replaces what stands from the changed line on. Confined to the reply's thread.
 */
final class TerminalChannel implements ReplyChannel {
  private static final String TYPING = "…";

  private final Screen screen;
  private final TerminalPlatform.Finished whenFinished;
  private Optional<String> question;
  private LineWrapper wrapper;
  private String shown = "";
  private boolean posted;
  private List<Button> buttons = List.of();

  /**
   * @param question what is said above the answer, where it was not asked just now
   * @param whenFinished told when the reply is whole
   */
  TerminalChannel(
      Screen screen, Optional<String> question, TerminalPlatform.Finished whenFinished) {
    this.screen = screen;
    this.question = question;
    this.whenFinished = whenFinished;
    this.wrapper = new LineWrapper(screen.width());
  }

  @Override
  public void typing() {
    if (!posted && screen.canErase()) {
      show(TYPING);
    }
  }

  @Override
  public String post(FormattedText text, List<List<Button>> below, String nonce) {
    if (posted) {
      screen.print(wrapper.finish() + "\n\n");
      wrapper = new LineWrapper(screen.width());
      shown = "";
    }
    posted = true;
    buttons = below.stream().flatMap(List::stream).toList();
    show(text.text());
    return nonce;
  }

  @Override
  public void edit(String messageId, FormattedText text, List<List<Button>> below) {
    buttons = below.stream().flatMap(List::stream).toList();
    show(text.text());
  }

  @Override
  public void delete(String messageId) {
    show("");
  }

  @Override
  public void finished(boolean answered) {
    screen.print(wrapper.finish() + "\n");
    whenFinished.finished(answered, buttons);
  }

  private void show(String now) {
    question.ifPresent(text -> screen.noteLine(TerminalChat.PROMPT + text));
    question = Optional.empty();
    String text = Screen.visible(now);
    wrapper.resize(screen.width());
    if (!text.startsWith(shown)) {
      replaceFrom(sameLines(text));
    }
    screen.print(wrapper.add(text.substring(shown.length())));
    shown = text;
  }

  /** Takes back everything after the lines that stay. */
  private void replaceFrom(String staying) {
    screen.print(wrapper.finish());
    int rows = wrapper.rows();
    wrapper = new LineWrapper(screen.width());
    if (screen.canErase()) {
      wrapper.add(staying);
      wrapper.finish();
      screen.erase(rows - wrapper.rows());
      shown = staying;
    } else {
      screen.print("\n");
      shown = "";
    }
  }

  /** The lines at the beginning that what is shown and another text have in common. */
  private String sameLines(String text) {
    int same = 0;
    while (same < Math.min(text.length(), shown.length())
        && text.charAt(same) == shown.charAt(same)) {
      same++;
    }
    return text.substring(0, text.lastIndexOf('\n', same - 1) + 1);
  }
}
