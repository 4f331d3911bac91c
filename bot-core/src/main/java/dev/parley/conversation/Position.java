package dev.parley.conversation;

/** Where a question goes in the tree. */
public sealed interface Position {
  /**
   * After the active leaf of the owner's current conversation, which begins where there is none.
   */
  record AtTheEnd() implements Position {}

  /**
   * After an older answer, as a branch. Where that answer stands in another owner's conversation of
   * the same place, a conversation of this owner branches off.
   */
  record After(MessageId answer) implements Position {}

  /** Beside a question, because that was edited. */
  record InsteadOf(MessageId question) implements Position {}
}
