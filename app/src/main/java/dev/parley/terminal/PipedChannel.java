package dev.parley.terminal;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.ReplyChannel;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reply into a pipe: nothing but the whole answer, or on the other one why there is none.
 * Confined to the reply's thread.
 */
final class PipedChannel implements ReplyChannel {
  private final PrintStream out;
  private final PrintStream err;
  private final TerminalPlatform.Finished whenFinished;
  private final Map<String, String> parts = new LinkedHashMap<>();

  PipedChannel(PrintStream out, PrintStream err, TerminalPlatform.Finished whenFinished) {
    this.out = out;
    this.err = err;
    this.whenFinished = whenFinished;
  }

  @Override
  public void typing() {}

  /** As the model wrote it. */
  @Override
  public FormattedText format(String markdown) {
    return FormattedText.plain(markdown.strip());
  }

  @Override
  public String post(FormattedText text, List<List<Button>> buttons, String nonce) {
    parts.put(nonce, text.text());
    return nonce;
  }

  @Override
  public void edit(String messageId, FormattedText text, List<List<Button>> buttons) {
    parts.put(messageId, text.text());
  }

  @Override
  public boolean note(String markdown) {
    err.println(markdown);
    return true;
  }

  @Override
  public void delete(String messageId) {
    parts.remove(messageId);
  }

  @Override
  public void finished(boolean answered) {
    PrintStream target = answered ? out : err;
    parts.values().forEach(target::println);
    target.flush();
    whenFinished.finished(answered, List.of());
  }
}
