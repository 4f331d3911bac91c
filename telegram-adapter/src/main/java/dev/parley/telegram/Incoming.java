package dev.parley.telegram;

import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.EntityType;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Reads Telegram's messages as the core knows them. Immutable.
 *
 * @param bot the bot itself
 * @param admins whether a person may manage a chat
 */
record Incoming(User bot, BiPredicate<Chat, Long> admins) {
  /** A command with what follows it. */
  record Command(String name, String text) {}

  static Chat chat(Message message) {
    boolean topic = message.isTopicMessage() && message.getMessageThreadId() != null;
    return new Chat(
        message.getChatId(), topic ? Optional.of(message.getMessageThreadId()) : Optional.empty());
  }

  static Place place(Message message) {
    Chat chat = chat(message);
    String name = Optional.ofNullable(message.getChat().getTitle()).orElse("");
    if (chat.isPrivate()) {
      return new Place(chat.place(), Place.Kind.PRIVATE, Optional.empty(), "");
    }
    return chat.topic().isPresent()
        ? new Place(
            chat.place(),
            Place.Kind.THREAD,
            Optional.of(new Chat(chat.id(), Optional.empty()).place()),
            name)
        : new Place(chat.place(), Place.Kind.GROUP, Optional.empty(), name);
  }

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
        .filter(user -> !user.getIsBot())
        .map(user -> person(user, chat(message)));
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
    Person person = person(user, chat(message));
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
    return replyTo(message).isPresent()
        ? author(message.getReplyToMessage())
        : entities(message).stream()
            .filter(entity -> EntityType.TEXTMENTION.equals(entity.getType()))
            .map(MessageEntity::getUser)
            .filter(user -> !user.getIsBot())
            .findFirst()
            .map(user -> person(user, chat(message)));
  }

  Person person(User user, Chat chat) {
    String name =
        (user.getFirstName() + " " + Optional.ofNullable(user.getLastName()).orElse("")).strip();
    return new Person(
        new PersonId(TelegramPlatform.NAME, Long.toString(user.getId())),
        name,
        locale(user.getLanguageCode()),
        !chat.isPrivate() && admins.test(chat, user.getId()));
  }

  /** Telegram says zh-hans or zh-hant, or only zh. */
  static Locale locale(@Nullable String code) {
    return code == null || code.isBlank() ? Locale.ENGLISH : Locale.forLanguageTag(code);
  }

  /** A message as a question. */
  IncomingMessage question(int updateId, Message message, Person author, String text) {
    Chat chat = chat(message);
    return new IncomingMessage(
        "update-" + updateId,
        place(message),
        author,
        Integer.toString(message.getMessageId()),
        text,
        replyTo(message).map(id -> Integer.toString(id)),
        chat.isPrivate() || isMention(message) || isReplyToBot(message),
        List.of(),
        Instant.ofEpochSecond(message.getDate()));
  }

  /** What the message replies to; a topic's own first message is no reply. */
  static Optional<Integer> replyTo(Message message) {
    return Optional.ofNullable(message.getReplyToMessage())
        .map(Message::getMessageId)
        .filter(id -> !id.equals(message.getMessageThreadId()) || !message.isTopicMessage());
  }

  private boolean isReplyToBot(Message message) {
    return replyTo(message).isPresent()
        && message.getReplyToMessage().getFrom() != null
        && message.getReplyToMessage().getFrom().getId().equals(bot.getId());
  }

  private boolean isMention(Message message) {
    return entities(message).stream().anyMatch(entity -> isMention(entity, words(message)));
  }

  private boolean isMention(MessageEntity entity, String text) {
    return switch (entity.getType()) {
      case EntityType.MENTION -> part(entity, text).equalsIgnoreCase("@" + bot.getUserName());
      case EntityType.TEXTMENTION -> bot.getId().equals(entity.getUser().getId());
      default -> false;
    };
  }

  /** What the person said to the bot, without its mention. */
  String text(Message message) {
    String text = words(message);
    StringBuilder without = new StringBuilder();
    int from = 0;
    for (MessageEntity entity : entities(message)) {
      if (entity.getOffset() >= from && isMention(entity, text)) {
        without.append(text, from, entity.getOffset());
        from = entity.getOffset() + entity.getLength();
      }
    }
    return without.append(text.substring(from)).toString().strip();
  }

  /** The command the message begins with, where it is not another bot's. */
  Optional<Command> command(Message message) {
    String text = words(message);
    return entities(message).stream()
        .filter(entity -> EntityType.BOTCOMMAND.equals(entity.getType()))
        .filter(entity -> entity.getOffset() == 0)
        .findFirst()
        .map(entity -> part(entity, text).substring(1).split("@", 2))
        .filter(name -> name.length == 1 || name[1].equalsIgnoreCase(bot.getUserName()))
        .map(
            name ->
                new Command(
                    name[0].toLowerCase(Locale.ROOT),
                    text.substring(text.indexOf(name[0]) + commandLength(name) - 1).strip()));
  }

  /** Whether it begins with a command of whatever bot. */
  static boolean isCommand(Message message) {
    return entities(message).stream()
        .anyMatch(e -> EntityType.BOTCOMMAND.equals(e.getType()) && e.getOffset() == 0);
  }

  private static int commandLength(String[] name) {
    return 1 + name[0].length() + (name.length == 2 ? 1 + name[1].length() : 0);
  }

  private static String part(MessageEntity entity, String text) {
    int end = Math.min(text.length(), entity.getOffset() + entity.getLength());
    return text.substring(Math.min(entity.getOffset(), end), end);
  }

  static String words(Message message) {
    return Optional.ofNullable(message.getText())
        .or(() -> Optional.ofNullable(message.getCaption()))
        .orElse("");
  }

  private static List<MessageEntity> entities(Message message) {
    return Optional.ofNullable(message.getEntities())
        .or(() -> Optional.ofNullable(message.getCaptionEntities()))
        .orElse(List.of());
  }
}
