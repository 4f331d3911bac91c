package dev.parley.terminal;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.ReplyChannel;
import java.util.List;
import java.util.Optional;

/**
 * A reply on a terminal: text that only grows is continued where it stands, any other change
 * replaces it. Confined to the reply's thread.
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

  /** As the model wrote it. */
  @Override
  public FormattedText format(String markdown) {
    return FormattedText.plain(markdown.strip());
  }

  @Override
  public String post(FormattedText text, List<Button> below, String nonce) {
    if (posted) {
      screen.print(wrapper.finish() + "\n\n");
      wrapper = new LineWrapper(screen.width());
      shown = "";
    }
    posted = true;
    buttons = below;
    show(text.text());
    return nonce;
  }

  @Override
  public void edit(String messageId, FormattedText text, List<Button> below) {
    buttons = below;
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

  private void show(String markdown) {
    question.ifPresent(text -> screen.noteLine(TerminalChat.PROMPT + text));
    question = Optional.empty();
    String text = Screen.visible(markdown);
    wrapper.resize(screen.width());
    if (!text.startsWith(shown)) {
      screen.print(wrapper.finish());
      screen.erase(wrapper.rows());
      wrapper = new LineWrapper(screen.width());
      shown = "";
    }
    screen.print(wrapper.add(text.substring(shown.length())));
    shown = text;
  }
}
