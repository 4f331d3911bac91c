package dev.parley.telegram;

import dev.parley.format.FormattedText;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.ActionType;
import org.telegram.telegrambots.meta.api.methods.send.SendChatAction;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.send.SendMessageDraft;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.ReplyKeyboard;

/**
 * Sends messages, each once, at the pace Telegram allows. Thread-safe.
 *
 * <p>Telegram cannot tell a second try from a second message. So each is written down before its
 * first try. Where that try's outcome is unknown, the message is looked for among the numbers that
 * nobody knows: a bot can edit its own messages only, and the one that can be edited is it. Until
 * that is done nothing else is sent to the chat, so that there is only one to be found.
 */
final class Outbox {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  /** Behind the nonce of a message that was sent a second time, before it was known as arrived. */
  private static final String SECOND = " again";

  /** What a message says for a moment of which nothing else can be learned. */
  private static final FormattedText PROBE = FormattedText.plain("…");

  /** A forum's first topic, whose number the typing sign needs and a message must not have. */
  private static final Integer GENERAL = 1;

  private static final Set<Kind> HOPELESS = Set.of(Kind.GONE, Kind.CLOSED, Kind.REFUSED);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(4);

  /**
   * How long to wait before each look for a message that may have arrived, or be on its way still.
   */
  private static final List<Duration> LOOKS = List.of(Duration.ofSeconds(1), Duration.ofSeconds(5));

  private final BotApi api;
  private final Pace pace;
  private final Posts posts;
  private final KnownMessages known;
  private final Timing timing;

  Outbox(BotApi api, Posts posts, Pauses pauses, KnownMessages known, Timing timing) {
    this.api = api;
    this.pace = new Pace(timing, pauses, posts);
    this.posts = posts;
    this.known = known;
    this.timing = timing;
  }

  void typing(Chat chat) {
    try {
      api.call(
          SendChatAction.builder()
              .chatId(chat.chatId())
              .messageThreadId(chat.topic().orElse(known.isForum(chat) ? GENERAL : null))
              .action(ActionType.TYPING.toString())
              .build());
    } catch (PlatformException e) {
      log.debug("No typing sign: {}", e.getMessage());
    }
  }

  /**
   * Sends a message with inline buttons.
   *
   * @param nonce the same for every try to send the same message
   */
  int post(
      Chat chat,
      Optional<Integer> replyTo,
      FormattedText text,
      List<List<Button>> buttons,
      String nonce)
      throws PlatformException {
    return pace.inTurn(
        chat,
        () -> {
          SendMessage message = Calls.message(chat, replyTo, text, Calls.keyboard(buttons));
          Optional<Posts.Post> before = posts.find(nonce);
          if (before.isEmpty()) {
            try {
              return first(chat, message, nonce);
            } catch (PlatformException e) {
              if (e.kind() != Kind.UNKNOWN_OUTCOME) {
                throw e;
              }
              before = posts.find(nonce);
            }
          }
          Posts.Post tried = before.orElseThrow();
          if (tried.message().isPresent()) {
            edit(chat, tried.message().get(), text, buttons);
            return tried.message().get();
          }
          Probe probe = candidate -> isOwn(chat, candidate, replyTo, text, buttons);
          return again(chat, message, nonce, tried.after(), probe);
        });
  }

  /** Sends a message that asks for a reply to it. */
  int post(
      Chat chat, Optional<Integer> replyTo, FormattedText text, ReplyKeyboard markup, String nonce)
      throws PlatformException {
    return pace.inTurn(
        chat,
        () -> {
          Optional<Integer> there = posts.find(nonce).flatMap(Posts.Post::message);
          if (there.isPresent()) {
            return there.get();
          }
          return first(chat, Calls.message(chat, replyTo, text, markup), nonce);
        });
  }

  private int first(Chat chat, SendMessage message, String nonce) throws PlatformException {
    posts.begin(nonce, chat, known.newest(chat));
    try {
      return arrived(chat, send(chat, message), nonce);
    } catch (PlatformException e) {
      if (e.kind() != Kind.UNKNOWN_OUTCOME) {
        posts.forget(nonce);
      }
      throw e;
    }
  }

  private int send(Chat chat, SendMessage message) throws PlatformException {
    return pace.paced(chat, () -> api.call(message)).getMessageId();
  }

  private int arrived(Chat chat, int message, String nonce) {
    known.add(chat, message);
    posts.arrived(nonce, message);
    return message;
  }

  /** Whether a message is one that was sent, which it becomes once more by this. */
  private interface Probe {
    boolean is(int message) throws PlatformException;
  }

  /**
   * Sends a message that may have arrived, unless it is found. Where so many others wrote that it
   * lies beyond what was looked through, the second one shows how far: then there are two, and the
   * first one stays.
   */
  private int again(Chat chat, SendMessage message, String nonce, int after, Probe probe)
      throws PlatformException {
    Optional<Posts.Post> second = posts.find(nonce + SECOND);
    for (Duration wait : LOOKS) {
      pace.sleep(wait);
      NavigableSet<Integer> found =
          new TreeSet<>(own(known.unknownAfter(chat, after), second.isEmpty(), probe));
      if (second.isPresent()) {
        found.addAll(own(known.unknownAfter(chat, second.get().after()), false, probe));
      }
      if (!found.isEmpty()) {
        return keepFirst(chat, found, nonce);
      }
    }
    posts.begin(nonce + SECOND, chat, known.newest(chat));
    int sent = send(chat, message);
    NavigableSet<Integer> found =
        new TreeSet<>(own(known.unknownBefore(chat, after, sent), false, probe));
    found.add(sent);
    return keepFirst(chat, found, nonce);
  }

  private int keepFirst(Chat chat, NavigableSet<Integer> same, String nonce)
      throws PlatformException {
    for (int superfluous : same.tailSet(same.first(), false)) {
      insist(
          () -> {
            delete(chat, superfluous);
            return superfluous;
          });
      known.add(chat, superfluous);
    }
    return arrived(chat, same.first(), nonce);
  }

  private List<Integer> own(List<Integer> candidates, boolean onlyFirst, Probe probe)
      throws PlatformException {
    List<Integer> own = new ArrayList<>();
    for (int candidate : candidates) {
      if ((own.isEmpty() || !onlyFirst) && insist(() -> probe.is(candidate))) {
        own.add(candidate);
      }
    }
    return own;
  }

  /** Whether a message can be given this text and replies to what it should, if to anything. */
  private boolean isOwn(
      Chat chat,
      int message,
      Optional<Integer> replyTo,
      FormattedText text,
      List<List<Button>> buttons)
      throws PlatformException {
    try {
      return !(pace.paced(chat, () -> api.call(Calls.editing(chat, message, text, buttons)))
              instanceof Message edited)
          || Optional.ofNullable(edited.getReplyToMessage())
              .map(Message::getMessageId)
              .equals(replyTo); // the later parts of a long answer reply to nothing
    } catch (PlatformException e) {
      if (BotApi.isUnchanged(e)) { // which does not tell what it replies to
        boolean own = text.equals(PROBE) || isOwn(chat, message, replyTo, PROBE, buttons);
        edit(chat, message, text, buttons);
        return own;
      }
      if (BotApi.isForeign(e)) {
        known.add(chat, message);
      }
      if (e.kind() == Kind.GONE || e.kind() == Kind.REFUSED) {
        return false;
      }
      throw e;
    }
  }

  /** Does what may be done twice until Telegram takes it, refuses it or stays away too long. */
  <T> T insist(Pace.Call<T> call) throws PlatformException {
    Duration delay = FIRST_RETRY;
    while (true) {
      try {
        return call.call();
      } catch (PlatformException e) {
        boolean hopeless = HOPELESS.contains(e.kind());
        if (hopeless || delay.compareTo(LONGEST_RETRY) > 0) {
          throw e;
        }
        pace.sleep(e.retryAfter().isZero() ? delay : e.retryAfter());
        delay = delay.multipliedBy(2);
      }
    }
  }

  /** Lets time pass. */
  void pause(Duration duration) throws InterruptedException {
    timing.sleeper().sleep(duration);
  }

  /** Replaces text and buttons; "not modified" is a success. */
  void edit(Chat chat, int message, FormattedText text, List<List<Button>> buttons)
      throws PlatformException {
    try {
      pace.paced(chat, () -> api.call(Calls.editing(chat, message, text, buttons)));
    } catch (PlatformException e) {
      if (!BotApi.isUnchanged(e)) {
        throw e;
      }
    }
  }

  /** Shows a text that is gone after half a minute, or with the next message. */
  void draft(Chat chat, int id, FormattedText text) throws PlatformException {
    SendMessageDraft draft =
        SendMessageDraft.builder()
            .chatId(chat.id())
            .messageThreadId(chat.topic().orElse(null))
            .draftId(id)
            .text(text.text())
            .entities(Entities.of(text))
            .build();
    pace.paced(chat, () -> api.call(draft));
  }

  /** Removes a message; one that is gone is a success. */
  void delete(Chat chat, int message) throws PlatformException {
    try {
      pace.paced(
          chat,
          () -> api.call(DeleteMessage.builder().chatId(chat.chatId()).messageId(message).build()));
    } catch (PlatformException e) {
      if (e.kind() != Kind.GONE) {
        throw e;
      }
    }
  }

  /** Pictures are shown as such, not as a file to be opened. */
  void file(Chat chat, OutgoingFile file) throws PlatformException {
    InputFile content = new InputFile(new ByteArrayInputStream(file.content()), file.name());
    Message sent =
        pace.paced(chat, () -> file.isPicture() ? picture(chat, content) : document(chat, content));
    known.add(chat, sent.getMessageId());
  }

  private Message picture(Chat chat, InputFile content) throws PlatformException {
    return api.call(
        SendPhoto.builder()
            .chatId(chat.chatId())
            .messageThreadId(chat.topic().orElse(null))
            .photo(content)
            .build());
  }

  private Message document(Chat chat, InputFile content) throws PlatformException {
    return api.call(
        SendDocument.builder()
            .chatId(chat.chatId())
            .messageThreadId(chat.topic().orElse(null))
            .document(content)
            .build());
  }
}
