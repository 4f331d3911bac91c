package dev.parley.conversation;

import dev.parley.platform.PlaceId;
import dev.parley.storage.Database;
import java.util.List;
import java.util.Optional;

/** Which message of a platform shows which message of a conversation. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class PlatformMessages {
  public PlatformMessages(Database database) {}

  /** The message that a platform's message shows a part of. */
  public Optional<MessageId> find(PlaceId place, String platformMessageId) {
    throw new UnsupportedOperationException();
  }

  /** The platform's messages that show a message, in the order of their parts. */
  public List<String> showing(MessageId message) {
    throw new UnsupportedOperationException();
  }

  /** Remembers that a platform's message now shows a part, counted from 0, of a message. */
  public void show(PlaceId place, String platformMessageId, MessageId message, int part) {
    throw new UnsupportedOperationException();
  }

  /** The platform's messages that showed one message show another one from now on. */
  public void showInstead(MessageId old, MessageId now) {
    throw new UnsupportedOperationException();
  }

  /** Forgets a platform's message that is gone. */
  public void forget(PlaceId place, String platformMessageId) {
    throw new UnsupportedOperationException();
  }
}
