package dev.parley.discord;

import dev.parley.platform.IncomingMessage;
import dev.parley.platform.IncomingMessage.Attachment;
import dev.parley.platform.IncomingMessage.Quotation;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.ISnowflake;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.MessageReference;
import net.dv8tion.jda.api.entities.MessageType;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.entities.SelfUser;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.entities.channel.Channel;
import net.dv8tion.jda.api.entities.channel.ChannelType;
import net.dv8tion.jda.api.entities.channel.concrete.ThreadChannel;
import net.dv8tion.jda.api.entities.messages.MessageSnapshot;
import org.jspecify.annotations.Nullable;

/** Reads Discord's messages as the core knows them. Thread-safe. */
final class Incoming {
  private static final String GUILD = "guild-";

  private final Locales locales;
  private final Files files;

  Incoming(Locales locales, Files files) {
    this.locales = locales;
    this.files = files;
  }

  static PlaceId place(long channel) {
    return new PlaceId(DiscordPlatform.NAME, Long.toUnsignedString(channel));
  }

  /** The place of a whole server; its id would be that of its oldest channel. */
  static PlaceId guild(long guild) {
    return new PlaceId(DiscordPlatform.NAME, GUILD + Long.toUnsignedString(guild));
  }

  static PersonId person(long user) {
    return new PersonId(DiscordPlatform.NAME, Long.toUnsignedString(user));
  }

  /** What a place lies in, outermost first, then the place itself. */
  static List<Place> places(Channel channel, @Nullable Guild guild) {
    if (channel.getType() == ChannelType.PRIVATE) {
      return List.of(
          new Place(place(channel.getIdLong()), Place.Kind.PRIVATE, Optional.empty(), ""));
    }
    List<Place> places = new ArrayList<>();
    if (guild != null) {
      String name = guild.isDetached() ? "" : guild.getName();
      places.add(new Place(guild(guild.getIdLong()), Place.Kind.GROUP, Optional.empty(), name));
    }
    Optional<PlaceId> around = places.stream().map(Place::id).findFirst();
    if (channel instanceof ThreadChannel thread && !thread.isDetached()) {
      Channel parent = thread.getParentChannel();
      places.add(new Place(place(parent.getIdLong()), Place.Kind.GROUP, around, name(parent)));
      around = Optional.of(place(parent.getIdLong()));
    }
    Place.Kind kind = channel.getType().isThread() ? Place.Kind.THREAD : Place.Kind.GROUP;
    places.add(new Place(place(channel.getIdLong()), kind, around, name(channel)));
    return places;
  }

  /** As Discord writes it in a sentence: a channel to write in has a sign before its name. */
  private static String name(Channel channel) {
    ChannelType type = channel.getType();
    String name = channel.getName();
    boolean sign = type.isGuild() && !type.isThread() && !type.isAudio() && !name.isBlank();
    return sign ? "#" + name : name;
  }

  /** Somebody who did something; their language is the one that Discord tells with it. */
  Person person(
      User user, @Nullable Member member, @Nullable Locale locale, @Nullable Guild guild) {
    if (user.isBot()) {
      return Person.bot(person(user.getIdLong()), user.getEffectiveName());
    }
    Locale language =
        locale == null
            ? locales.of(
                user.getIdLong(),
                guild == null || guild.isDetached() ? Locale.ENGLISH : guild.getLocale().toLocale())
            : locale;
    return new Person(
        person(user.getIdLong()),
        member == null ? user.getEffectiveName() : member.getEffectiveName(),
        language,
        member != null && !member.isDetached() && member.hasPermission(Permission.MANAGE_SERVER),
        member == null || member.isDetached() ? Set.of() : roles(member));
  }

  private static Set<String> roles(Member member) {
    return Stream.concat(
            member.getUnsortedRoles().stream(), Stream.of(member.getGuild().getPublicRole()))
        .flatMap(role -> Stream.of(role.getName(), role.getId()))
        .collect(Collectors.toSet());
  }

  /** Whether it is shown to the bot without what it says. */
  static boolean isHidden(Message message) {
    return message.isFromGuild()
        && message.getContentRaw().isEmpty()
        && message.getAttachments().isEmpty()
        && message.getStickers().isEmpty()
        && message.getMessageSnapshots().isEmpty()
        && message.getPoll() == null;
  }

  /**
   * Whether a message is something that a person said, or another bot. What comes by a webhook has
   * nobody behind it whom Discord knows.
   */
  static boolean isSpoken(Message message) {
    MessageType type = message.getType();
    return !message.getAuthor().equals(message.getJDA().getSelfUser())
        && !message.isWebhookMessage()
        && (type == MessageType.DEFAULT || type == MessageType.INLINE_REPLY);
  }

  IncomingMessage question(Message message, Person author, Place place) {
    SelfUser bot = message.getJDA().getSelfUser();
    return new IncomingMessage(
        eventId(message),
        place,
        author,
        message.getId(),
        text(message, bot),
        repliedTo(message),
        place.kind() == Place.Kind.PRIVATE || isForBot(message, bot),
        quotations(message),
        files.attachments(message.getAttachments()),
        message.getTimeCreated().toInstant());
  }

  /** Another one for each time that it was edited. */
  private static String eventId(Message message) {
    OffsetDateTime edited = message.getTimeEdited();
    return "message-"
        + message.getId()
        + (edited == null ? "" : "-" + edited.toInstant().toEpochMilli());
  }

  private static Optional<String> repliedTo(Message message) {
    return Optional.ofNullable(message.getMessageReference())
        .filter(reference -> reference.getType() == MessageReference.MessageReferenceType.DEFAULT)
        .map(MessageReference::getMessageId);
  }

  private static boolean isForBot(Message message, SelfUser bot) {
    Message replied = message.getReferencedMessage();
    return message.getMentions().getUsers().contains(bot)
        || botRole(message).map(message.getMentions().getRoles()::contains).orElse(false)
        || (replied != null && replied.getAuthor().equals(bot) && repliedTo(message).isPresent());
  }

  private static Optional<Role> botRole(Message message) {
    return message.isFromGuild() && message.hasGuild()
        ? Optional.ofNullable(message.getGuild().getBotRole())
        : Optional.empty();
  }

  /** Without the mention of the bot, and with the names of everybody else. */
  private static String text(Message message, SelfUser bot) {
    String text = message.getContentRaw().replaceAll("<@!?" + bot.getId() + ">", "");
    Optional<String> role = botRole(message).map(ISnowflake::getId);
    if (role.isPresent()) {
      text = text.replace("<@&" + role.get() + ">", "");
    }
    for (User user : message.getMentions().getUsers()) {
      text = text.replaceAll("<@!?" + user.getId() + ">", quoted("@" + user.getEffectiveName()));
    }
    for (Role mentioned : message.getMentions().getRoles()) {
      text = text.replace("<@&" + mentioned.getId() + ">", "@" + mentioned.getName());
    }
    for (Channel channel : message.getMentions().getChannels()) {
      text = text.replace("<#" + channel.getId() + ">", "#" + channel.getName());
    }
    return text.strip();
  }

  private static String quoted(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }

  private List<Quotation> quotations(Message message) {
    List<Quotation> quotations = new ArrayList<>();
    Message replied = message.getReferencedMessage();
    if (replied != null && repliedTo(message).isPresent() && !replied.getContentRaw().isBlank()) {
      quotations.add(quotation(replied));
    }
    for (MessageSnapshot forwarded : message.getMessageSnapshots()) {
      if (!forwarded.getContentRaw().isBlank()) {
        quotations.add(
            new Quotation(Quotation.Kind.FORWARDED, "", forwarded.getContentRaw().strip()));
      }
    }
    return quotations;
  }

  /** Somebody's message as one that another refers to. */
  static Quotation quotation(Message message) {
    return new Quotation(
        Quotation.Kind.REPLIED_TO,
        message.getAuthor().getEffectiveName(),
        text(message, message.getJDA().getSelfUser()));
  }

  /** What came with a message that a person chose. */
  List<Attachment> attachments(Message message) {
    return files.attachments(message.getAttachments());
  }
}
