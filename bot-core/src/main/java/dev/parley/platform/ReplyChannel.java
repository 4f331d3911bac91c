package dev.parley.platform;

import dev.parley.format.FormattedText;
import dev.parley.format.Markdown;
import java.time.Duration;
import java.util.List;

/** The way of one reply to its place. Confined to one thread at a time. */
public interface ReplyChannel {
  /** Shows that an answer is being written; failures are swallowed by the platform. */
  void typing();

  /** What a text becomes here before it is cut into messages. */
  default FormattedText format(String markdown) {
    return Markdown.format(markdown);
  }

  /** How long a text is as the platform counts it, in what it is sent as. */
  default int length(FormattedText text) {
    return text.text().length();
  }

  /**
   * Posts a new message.
   *
   * @param text no longer than {@link PlatformLimits#messageLength()} by {@link #length}
   * @param buttons in rows
   * @param nonce the same for every try to post the same part: a platform that can, posts it once
   * @return the platform's id of it
   */
  String post(FormattedText text, List<List<Button>> buttons, String nonce)
      throws PlatformException;

  /**
   * Shows a growing answer, or its end where it is long, without a message that stays. Asked before
   * there is a message.
   *
   * @return whether it is shown; where not, it is posted and edited
   */
  default boolean draft(FormattedText text) throws PlatformException {
    return false;
  }

  /**
   * Replaces text and buttons of a message posted before, and leaves no file beside it; "not
   * modified" is a success.
   */
  void edit(String messageId, FormattedText text, List<List<Button>> buttons)
      throws PlatformException;

  /** Whether {@link #attach} works here. */
  default boolean takesFiles() {
    return false;
  }

  /** How many messages an answer may have at most, as the platform allows. */
  default int mostMessages() {
    return Integer.MAX_VALUE;
  }

  /**
   * Replaces text and buttons of a message posted before, and the files beside it by this one. Only
   * where {@link #takesFiles}.
   */
  default void attach(
      String messageId, FormattedText text, List<List<Button>> buttons, OutgoingFile file)
      throws PlatformException {
    throw new UnsupportedOperationException("no files in answers here");
  }

  /**
   * Says something beside the answer, where a platform keeps the two apart. Any thread.
   *
   * @return whether it was said; where not, it is shown in the answer's text
   */
  default boolean note(String markdown) {
    return false;
  }

  /** What was posted so far is given up: what is posted next is the reply's first message again. */
  default void startOver() {}

  /** Removes a message posted before; one that is gone is a success. */
  void delete(String messageId) throws PlatformException;

  /** Lets time pass between two messages. */
  default void pause(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  /**
   * Nothing more comes on this channel: the reply is whole and stored, or goes on on another one.
   *
   * @param answered whether an answer stands there, rather than why there is none
   */
  void finished(boolean answered);
}
