package dev.parley.telegram;

import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.EntityType;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/**
 * Reads Telegram's messages as the core knows them. Immutable.
 *
 * @param bot the bot itself
 * @param speakers who is behind a message
 */
record Incoming(User bot, Speakers speakers) {
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

  static List<MessageEntity> entities(Message message) {
    return Optional.ofNullable(message.getEntities())
        .or(() -> Optional.ofNullable(message.getCaptionEntities()))
        .orElse(List.of());
  }
}
