package dev.parley.telegram;

import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Reaction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.EntityType;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.reactions.MessageReactionUpdated;

/**
 * Reads Telegram's messages as the core knows them. Immutable.
 *
 * @param bot the bot itself
 * @param speakers who is behind a message
 * @param material reads what comes with messages
 */
record Incoming(User bot, Speakers speakers, Material material) {
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
    Optional<PlaceId> around = chat.topic().map(topic -> Chat.whole(chat.id()).place());
    if (chat.isPrivate()) {
      return new Place(chat.place(), Place.Kind.PRIVATE, around, "");
    }
    return new Place(
        chat.place(), around.isPresent() ? Place.Kind.THREAD : Place.Kind.GROUP, around, name);
  }

  /**
   * Messages as one question.
   *
   * @param messages one, or those that belong together
   * @param author who wrote them
   * @param text their words for Parley
   * @param addressed whether they are known to be meant for Parley
   */
  IncomingMessage question(
      int updateId, List<Message> messages, Person author, String text, boolean addressed) {
    Message first = messages.getFirst();
    Chat chat = chat(first);
    return new IncomingMessage(
        "update-" + updateId,
        place(first),
        author,
        Integer.toString(first.getMessageId()),
        text,
        replyTo(first).map(id -> Integer.toString(id)),
        addressed || chat.isPrivate() || messages.stream().anyMatch(this::isForBot),
        messages.stream().map(Material::quotations).flatMap(List::stream).toList(),
        messages.stream().map(material::attachments).flatMap(List::stream).toList(),
        Instant.ofEpochSecond(first.getDate()));
  }

  /**
   * What somebody's reactions to a message say now; empty where nobody is named. Telegram does not
   * tell the topic. Whether they are an admin decides nothing, and is not asked for every emoji.
   */
  static Optional<Reaction> reaction(MessageReactionUpdated reaction) {
    return Optional.ofNullable(reaction.getUser())
        .filter(user -> !user.getIsBot())
        .map(
            user ->
                new Reaction(
                    Chat.whole(reaction.getChat().getId()).place(),
                    Speakers.person(user, false),
                    Integer.toString(reaction.getMessageId()),
                    Emojis.thumb(reaction.getNewReaction())));
  }

  /** What the message replies to; a topic's own first message is no reply. */
  static Optional<Message> repliedTo(Message message) {
    return Optional.ofNullable(message.getReplyToMessage())
        .filter(
            other ->
                !message.isTopicMessage()
                    || !other.getMessageId().equals(message.getMessageThreadId()));
  }

  static Optional<Integer> replyTo(Message message) {
    return repliedTo(message).map(Message::getMessageId);
  }

  private boolean isForBot(Message message) {
    return isMention(message) || isReplyToBot(message);
  }

  /**
   * Whether a message replies to what asked for it.
   *
   * @param prompt its number; 0 where Telegram has not said yet which it is
   */
  boolean answersPrompt(Message message, int prompt) {
    return prompt == 0 ? isReplyToBot(message) : replyTo(message).equals(Optional.of(prompt));
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

  /** What the person said to the bot in messages that belong together. */
  String text(List<Message> messages) {
    StringBuilder all = new StringBuilder();
    String before = "";
    for (Message message : messages) {
      String text = Gathering.isForward(message) ? "" : text(message);
      if (!text.isEmpty() && !all.isEmpty()) {
        all.append(Gathering.isCutHard(before) ? "" : "\n");
      }
      all.append(text);
      before = words(message);
    }
    return all.toString();
  }

  /** Without the mention of the bot. */
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
