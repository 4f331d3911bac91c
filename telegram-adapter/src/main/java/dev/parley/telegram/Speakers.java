package dev.parley.telegram;

import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.EntityType;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Who is behind a message or a press: a user, a group whose admin is anonymous, a channel.
 * Immutable.
 *
 * @param admins whether a user may manage a chat
 */
record Speakers(BiPredicate<Chat, Long> admins) {
  /**
   * Who wrote a message, where it is somebody to answer. Admins who write anonymously are the group
   * itself, people who write as a channel are that channel; Telegram names bots of its own as the
   * senders of both, and of the posts that a linked channel forwards, which are for nobody.
   */
  Optional<Person> author(Message message) {
    if (Boolean.TRUE.equals(message.getIsAutomaticForward())) {
      return Optional.empty();
    }
    if (message.getSenderChat() != null) {
      return isAnonymousAdmin(message)
          ? Optional.of(anonymousAdmin(message))
          : Optional.of(speaker(message.getSenderChat(), false));
    }
    return Optional.ofNullable(message.getFrom())
        .map(
            user ->
                Boolean.TRUE.equals(user.getIsBot())
                    ? Person.bot(id(user), Material.name(user))
                    : person(user, Incoming.chat(message)));
  }

  private static boolean isAnonymousAdmin(Message message) {
    return message.getSenderChat() != null
        && message.getSenderChat().getId().equals(message.getChatId());
  }

  /** The group as the person that its anonymous admins are. */
  private static Person anonymousAdmin(Message inGroup) {
    return speaker(inGroup.getChat(), true);
  }

  private static Person speaker(
      org.telegram.telegrambots.meta.api.objects.chat.Chat chat, boolean admin) {
    return new Person(
        new PersonId(TelegramPlatform.NAME, Long.toString(chat.getId())),
        Optional.ofNullable(chat.getTitle()).orElse(""),
        Locale.ENGLISH,
        admin);
  }

  /**
   * Who presses a button under a message. Telegram names an admin who writes anonymously all the
   * same: any admin may press what an anonymous one was given, as that one.
   *
   * @param owner whose panel the message is, where it is one
   */
  Person presser(User user, Message message, Optional<PersonId> owner) {
    Person person = person(user, Incoming.chat(message));
    PersonId group = new PersonId(TelegramPlatform.NAME, Long.toString(message.getChatId()));
    boolean isForAnonymous =
        owner
            .map(group::equals)
            .orElseGet(
                () ->
                    message.getReplyToMessage() != null
                        && isAnonymousAdmin(message.getReplyToMessage()));
    return isForAnonymous && person.placeAdmin() ? anonymousAdmin(message) : person;
  }

  /** Whom a command is about: who wrote what it replies to, or is mentioned without a name. */
  Optional<Person> subject(Message message) {
    return Incoming.replyTo(message).isPresent()
        ? author(message.getReplyToMessage()).filter(author -> !author.bot())
        : Incoming.entities(message).stream()
            .filter(entity -> EntityType.TEXTMENTION.equals(entity.getType()))
            .map(MessageEntity::getUser)
            .filter(user -> !user.getIsBot())
            .findFirst()
            .map(user -> person(user, Incoming.chat(message)));
  }

  private Person person(User user, Chat chat) {
    return person(user, !chat.isPrivate() && admins.test(chat, user.getId()));
  }

  static Person person(User user, boolean admin) {
    return new Person(id(user), Material.name(user), locale(user.getLanguageCode()), admin);
  }

  private static PersonId id(User user) {
    return new PersonId(TelegramPlatform.NAME, Long.toString(user.getId()));
  }

  /** Telegram says zh-hans or zh-hant, or only zh. */
  static Locale locale(@Nullable String code) {
    return code == null || code.isBlank() ? Locale.ENGLISH : Locale.forLanguageTag(code);
  }
}
