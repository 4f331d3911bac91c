package dev.parley.discord;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import dev.parley.platform.ReplyChannel;
import java.util.List;

/** The way to somebody alone whose command was too long ago: there is none any more. */
final class NoChannel implements ReplyChannel {
  @Override
  public void typing() {}

  @Override
  public String post(FormattedText text, List<List<Button>> buttons, String nonce)
      throws PlatformException {
    throw gone();
  }

  @Override
  public void edit(String messageId, FormattedText text, List<List<Button>> buttons)
      throws PlatformException {
    throw gone();
  }

  private static PlatformException gone() {
    return new PlatformException(Kind.GONE, "only its caller could see it, and not for so long");
  }

  @Override
  public void delete(String messageId) {}

  @Override
  public void finished(boolean answered) {}
}
