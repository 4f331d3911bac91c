package dev.parley.discord;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import dev.parley.reply.OutgoingPosts;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.TimeUtil;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends ordinary messages, each once. Thread-safe.
 *
 * <p>For a few minutes Discord makes one message of two with the same nonce. Where a first try is
 * older, because a process ended or Discord was away, the message is looked for in the channel
 * before it is sent again.
 */
final class Outbox {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  /** Replying needs the right to read the channel's history. */
  private static final int NO_HISTORY = 160002;

  /** A message has one thread at most. */
  private static final int THREAD_THERE = 160004;

  private static final int MOST_TRIES = 5;

  /** A day, in minutes. */
  private static final int ARCHIVED_AFTER = 1_440;

  private static final int NONCE_LENGTH = 25;

  /** Clocks are not the same. */
  private static final long TEN_SECONDS = 10_000;

  /** Bits of an id below its time. */
  private static final int SNOWFLAKE_TIME = 22;

  private final Rest rest;
  private final OutgoingPosts posts;
  private final InstantSource clock;

  Outbox(Rest rest, OutgoingPosts posts, InstantSource clock) {
    this.rest = rest;
    this.posts = posts;
    this.clock = clock;
  }

  void typing(String channel) {
    try {
      rest.call(Route.Channels.SEND_TYPING.compile(channel), null);
    } catch (PlatformException e) {
      log.debug("No typing sign: {}", e.getMessage());
    }
  }

  /**
   * Sends a message.
   *
   * @param question the message that it replies to
   * @param nonce the same for every try to send the same message
   */
  String post(
      String channel,
      Optional<String> question,
      FormattedText text,
      List<List<Button>> buttons,
      String nonce)
      throws PlatformException {
    Optional<OutgoingPosts.Post> before = posts.find(nonce);
    Optional<String> there = before.flatMap(OutgoingPosts.Post::message).map(String::valueOf);
    if (there.isEmpty() && before.isPresent() && isOld(before.get())) {
      there = find(channel, question, before.get());
    }
    if (before.isEmpty()) {
      posts.begin(nonce, channel, now());
    }
    String message =
        there.isPresent() ? there.get() : send(channel, question, text, buttons, nonce);
    if (before.isPresent()) { // what stands there may be what an earlier try said
      edit(channel, message, text, buttons);
    }
    posts.arrived(nonce, Long.parseUnsignedLong(message));
    return message;
  }

  private boolean isOld(OutgoingPosts.Post post) {
    return post.begun().plus(Limits.NONCE).isBefore(clock.instant());
  }

  /** The id that a message of now would have at least. */
  private long now() {
    return TimeUtil.getDiscordTimestamp(clock.millis());
  }

  private String send(
      String channel,
      Optional<String> question,
      FormattedText text,
      List<List<Button>> buttons,
      String nonce)
      throws PlatformException {
    DataObject message =
        Payloads.replying(Payloads.message(text, buttons, CustomId.answer()), question)
            .put("nonce", shortened(nonce))
            .put("enforce_nonce", true);
    try {
      return Rest.id(rest.call(Route.Messages.SEND_MESSAGE.compile(channel), message));
    } catch (PlatformException e) {
      if (question.isEmpty() || !Rest.is(e, NO_HISTORY)) {
        throw e;
      }
      return send(channel, Optional.empty(), text, buttons, nonce);
    }
  }

  /** The bot's own message since a try, that nobody knows and that replies to what it should. */
  private Optional<String> find(String channel, Optional<String> question, OutgoingPosts.Post post)
      throws PlatformException {
    try {
      String self = rest.client().getSelfUser().getId();
      List<DataObject> since =
          rest.list(
              Route.Messages.GET_MESSAGE_HISTORY
                  .compile(channel)
                  .withQueryParams(
                      "limit",
                      Integer.toString(Limits.HISTORY),
                      "after",
                      Long.toUnsignedString(post.after() - (TEN_SECONDS << SNOWFLAKE_TIME))));
      return since.stream()
          .filter(message -> message.getObject("author").getString("id").equals(self))
          .filter(message -> !message.hasKey("interaction_metadata"))
          .filter(message -> repliesTo(message).equals(question))
          .map(message -> message.getString("id"))
          .filter(id -> !posts.knows(Long.parseUnsignedLong(id)))
          .min(Comparator.comparingLong(Long::parseUnsignedLong));
    } catch (PlatformException e) {
      if (e.kind() != Kind.CLOSED && e.kind() != Kind.REFUSED) {
        throw e; // it may stand there: sent again it could stand there twice
      }
      log.debug("A channel's history may not be read: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<String> repliesTo(DataObject message) {
    return message
        .optObject("message_reference")
        .map(reference -> reference.getString("message_id", ""))
        .filter(id -> !id.isEmpty());
  }

  /** Replaces text and buttons; a file beside them goes. */
  void edit(String channel, String message, FormattedText text, List<List<Button>> buttons)
      throws PlatformException {
    rest.call(
        Route.Messages.EDIT_MESSAGE.compile(channel, message),
        Payloads.message(text, buttons, CustomId.answer()).put("attachments", DataArray.empty()));
  }

  /** Replaces text, buttons and files. */
  void attach(
      String channel,
      String message,
      FormattedText text,
      List<List<Button>> buttons,
      OutgoingFile file)
      throws PlatformException {
    rest.call(
        Route.Messages.EDIT_MESSAGE.compile(channel, message),
        Payloads.withFile(Payloads.message(text, buttons, CustomId.answer()), file),
        file);
  }

  /**
   * Opens a thread under a message, whose number it has. Tried again where it may exist already.
   *
   * @return whether it exists
   */
  boolean openThread(String channel, String message, String name) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try {
        rest.call(
            Route.Channels.CREATE_THREAD_FROM_MESSAGE.compile(channel, message),
            DataObject.empty().put("name", name).put("auto_archive_duration", ARCHIVED_AFTER));
        return true;
      } catch (PlatformException e) {
        if (Rest.is(e, THREAD_THERE)) {
          return true;
        }
        log.debug("No thread: {}", e.getMessage());
        if (e.kind() != Kind.UNKNOWN_OUTCOME) {
          return false;
        }
      }
    }
    return false;
  }

  void showPreviews(String channel, String message) {
    try {
      rest.call(Route.Messages.EDIT_MESSAGE.compile(channel, message), Payloads.withPreviews());
    } catch (PlatformException e) {
      log.debug("No previews: {}", e.getMessage());
    }
  }

  /** Removes a message; one that is gone is a success. */
  void delete(String channel, String message) throws PlatformException {
    try {
      rest.call(Route.Messages.DELETE_MESSAGE.compile(channel, message), null);
    } catch (PlatformException e) {
      if (e.kind() != Kind.GONE) {
        throw e;
      }
    }
  }

  /** As long as Discord takes it. */
  private static String shortened(String nonce) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(nonce.getBytes(StandardCharsets.UTF_8));
      String text = new BigInteger(1, hash).toString(Character.MAX_RADIX);
      return text.substring(0, Math.min(text.length(), NONCE_LENGTH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
