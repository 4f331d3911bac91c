package dev.parley.conversation;

import dev.parley.storage.Database;
import java.util.List;
import java.util.Optional;

/** Which conversations lack a summary of what was forgotten. Thread-safe. */
public final class Beginnings {
  private final Database database;
  private final ConversationStore conversations;
  private final MessageTree tree;

  public Beginnings(Database database, ConversationStore conversations, MessageTree tree) {
    this.database = database;
    this.conversations = conversations;
    this.tree = tree;
  }

  /** Conversations whose summary does not reach to where their prompt begins, last used first. */
  public List<ConversationId> withoutSummary(int most) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT c.id FROM conversation c JOIN message start ON start.id = c.prompt_start
                    WHERE start.parent IS NOT NULL
                      AND c.summary_up_to IS DISTINCT FROM start.parent
                    ORDER BY c.used_at DESC LIMIT :most
                    """)
                .bind("most", most)
                .map((row, context) -> new ConversationId(row.getLong("id")))
                .list());
  }

  /** What there is to summarize; empty where nothing was forgotten, or a summary tells it. */
  public Optional<Beginning> of(ConversationId id) {
    return database.read(handle -> conversations.find(id).flatMap(this::of));
  }

  private Optional<Beginning> of(Conversation conversation) {
    Optional<Message> start = conversation.promptStart().flatMap(tree::find);
    Optional<MessageId> upTo = start.flatMap(Message::parent);
    Optional<Conversation.Summary> summary = conversation.summary();
    if (upTo.isEmpty() || summary.map(Conversation.Summary::upTo).equals(upTo)) {
      return Optional.empty();
    }
    boolean goesOn =
        summary.isPresent()
            && tree.pathTo(upTo.get()).stream().anyMatch(m -> m.id().equals(summary.get().upTo()));
    List<Message> context = tree.contextOf(start.orElseThrow().id());
    List<Message> forgotten =
        context.subList(0, context.size() - 1).stream()
            .filter(m -> !goesOn || m.id().value() > summary.orElseThrow().upTo().value())
            .toList();
    return Optional.of(
        new Beginning(
            conversation.id(),
            conversation.owner(),
            goesOn ? summary.map(Conversation.Summary::text) : Optional.empty(),
            forgotten,
            upTo.get()));
  }

  /**
   * Keeps a summary.
   *
   * @return whether it was kept: not where a message was deleted or the prompt moved on meanwhile
   */
  public boolean summarize(Beginning beginning, String summary) {
    return database.write(
        handle -> {
          if (!of(beginning.conversation()).equals(Optional.of(beginning))) {
            return false;
          }
          conversations.summarize(
              beginning.conversation(), new Conversation.Summary(summary, beginning.upTo()));
          return true;
        });
  }
}
