package dev.parley.terminal;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.ReplyChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What comes while a line is being typed: shown above that, whole. Confined to the thread that
 * brings it.
 */
final class AsideChannel implements ReplyChannel {
  private final BiConsumer<String, List<Button>> above;
  private final TerminalPlatform.Finished whenFinished;
  private final Map<String, String> parts = new LinkedHashMap<>();
  private final List<Button> buttons = new ArrayList<>();

  /**
   * @param above shows a text and what can be chosen under it
   * @param whenFinished told when all was shown
   */
  AsideChannel(BiConsumer<String, List<Button>> above, TerminalPlatform.Finished whenFinished) {
    this.above = above;
    this.whenFinished = whenFinished;
  }

  @Override
  public void typing() {}

  @Override
  public String post(FormattedText text, List<List<Button>> below, String nonce) {
    edit(nonce, text, below);
    return nonce;
  }

  @Override
  public void edit(String messageId, FormattedText text, List<List<Button>> below) {
    parts.put(messageId, text.text());
    buttons.clear();
    below.forEach(buttons::addAll);
  }

  @Override
  public void delete(String messageId) {
    parts.remove(messageId);
  }

  @Override
  public void finished(boolean answered) {
    if (answered) {
      above.accept(String.join("\n\n", parts.values()), List.copyOf(buttons));
    }
    whenFinished.finished(answered, List.copyOf(buttons));
  }
}
