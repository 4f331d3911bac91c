package dev.parley.endtoend;

/** People on one platform, in private and in the same few groups. */
public interface Side {
  /** What stands for each person's private chat. */
  int PRIVATE = 0;

  /** Groups, numbered from 1; what lies in another one counts as well. */
  int GROUPS = 4;

  /** The group where everybody talks in one conversation. */
  int SHARED = 1;

  /** Whether everybody does, there or in what a place lies in. */
  boolean isShared(int place);

  /** Somebody asks something; returns the message. */
  long asks(int person, int place, String text);

  /**
   * Somebody replies to one of the bot's messages.
   *
   * @param which any number
   * @return whether there was one
   */
  boolean replies(int person, int place, int which, String text);

  /** Somebody writes something else into a message. */
  void edits(int person, int place, long message, String text);

  /** Somebody begins a new conversation. */
  void beginsAnew(int person, int place);
}
