package dev.parley.discord;

import dev.parley.platform.Inbox;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.PlatformException;
import dev.parley.platform.Reaction;
import dev.parley.platform.Thumb;
import dev.parley.storage.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.entities.channel.Channel;
import net.dv8tion.jda.api.entities.emoji.EmojiUnion;
import net.dv8tion.jda.api.events.channel.ChannelDeleteEvent;
import net.dv8tion.jda.api.events.guild.GuildLeaveEvent;
import net.dv8tion.jda.api.events.interaction.GenericInteractionCreateEvent;
import net.dv8tion.jda.api.events.message.MessageBulkDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageDeleteEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.message.MessageUpdateEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionAddEvent;
import net.dv8tion.jda.api.events.message.react.MessageReactionRemoveEvent;
import net.dv8tion.jda.api.events.session.ReadyEvent;
import net.dv8tion.jda.api.events.session.SessionDisconnectEvent;
import net.dv8tion.jda.api.events.session.SessionInvalidateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.requests.CloseCode;
import net.dv8tion.jda.api.requests.RestAction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each event to the core, those of one channel in their order. JDA's own threads only pass
 * them on. Thread-safe.
 */
final class Listener extends ListenerAdapter {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final String UP = "👍";
  private static final String DOWN = "👎";

  private final Lanes lanes = new Lanes();

  private final ReentrantLock lock = new ReentrantLock();

  /** What was heard while a connection still looked for what it missed; guarded by lock. */
  private final Map<Integer, List<Message>> later = new HashMap<>();

  private final CountDownLatch closed;
  private final Inbox inbox;
  private final boolean seesMessages;
  private final Incoming incoming;
  private final InteractionEvents interactions;
  private final Consumer<IncomingMessage> hidden;
  private final Apologies apologies;
  private final Progress progress;
  private final CatchUp catchUp;

  /**
   * Makes one.
   *
   * @param seesMessages whether texts are shown that are not for the bot
   * @param hidden takes what is meant for the bot, but whose text it is not shown
   * @param closed open once nothing is to be begun any more
   */
  Listener(
      Inbox inbox,
      boolean seesMessages,
      Incoming incoming,
      InteractionEvents interactions,
      Consumer<IncomingMessage> hidden,
      Apologies apologies,
      Progress progress,
      Function<Consumer<Message>, CatchUp> catchUp,
      CountDownLatch closed) {
    this.inbox = inbox;
    this.seesMessages = seesMessages;
    this.incoming = incoming;
    this.interactions = interactions;
    this.hidden = hidden;
    this.apologies = apologies;
    this.progress = progress;
    this.catchUp = catchUp.apply(this::spoken);
    this.closed = closed;
  }

  @Override
  public void onMessageReceived(MessageReceivedEvent event) {
    Message message = event.getMessage();
    if (!Incoming.isSpoken(message)) {
      return;
    }
    int shard = event.getJDA().getShardInfo().getShardId();
    progress.begin(message.getIdLong());
    boolean now;
    lock.lock();
    try { // what a connection missed comes before what it hears now
      now = progress.missedSince(shard) == 0;
      if (!now) {
        later.computeIfAbsent(shard, key -> new ArrayList<>()).add(message);
      }
    } finally {
      lock.unlock();
    }
    if (now) {
      spoken(message);
    }
  }

  private void spoken(Message message) {
    if (!Incoming.isSpoken(message)) {
      return;
    }
    long id = message.getIdLong();
    progress.begin(id);
    lanes.run(
        message.getChannelIdLong(),
        () -> {
          Runnable task = () -> question(message, taker(message));
          if (handle("message " + id, task, () -> apologies.forWaiting(message))) {
            apologies.over(message);
            progress.end(id);
          }
        });
  }

  private Consumer<IncomingMessage> taker(Message message) {
    return seesMessages || !Incoming.isHidden(message)
        ? inbox::message
        : question -> {
          if (question.addressed() && !question.author().bot()) {
            hidden.accept(question);
          }
        };
  }

  /** A connection missed nothing more. */
  private void goOn(JDA client, int loss) {
    int shard = client.getShardInfo().getShardId();
    lock.lock();
    try {
      progress.release(shard, loss, client.getShardInfo().getShardTotal());
      if (progress.missedSince(shard) > 0) {
        return;
      }
      List<Message> waited = Optional.ofNullable(later.remove(shard)).orElse(List.of());
      waited.stream().sorted(Comparator.comparingLong(Message::getIdLong)).forEach(this::spoken);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onMessageUpdate(MessageUpdateEvent event) {
    Message message = event.getMessage();
    if (Incoming.isSpoken(message)) {
      lanes.run(
          message.getChannelIdLong(),
          () -> handle("edit " + message.getId(), () -> question(message, inbox::edited)));
    }
  }

  private void question(Message message, Consumer<IncomingMessage> then) {
    @Nullable Guild guild = message.isFromGuild() ? message.getGuild() : null;
    List<Place> places = Incoming.places(message.getChannel(), guild);
    Person author = incoming.person(message.getAuthor(), member(message, guild), null, guild);
    IncomingMessage question = incoming.question(message, author, places.getLast());
    places.subList(0, places.size() - 1).forEach(inbox::visit);
    then.accept(question);
  }

  /** A channel's history does not tell whose member somebody is, and what they may do. */
  private static @Nullable Member member(Message message, @Nullable Guild guild) {
    if (guild == null
        || guild.isDetached()
        || message.getMember() != null
        || message.getAuthor().isBot()) {
      return message.getMember();
    }
    try {
      return Rest.await(guild.retrieveMember(message.getAuthor()));
    } catch (PlatformException e) {
      log.debug("Nothing is known of a member: {}", e.getMessage());
      return null;
    }
  }

  @Override
  public void onMessageDelete(MessageDeleteEvent event) {
    deleted(event.getChannel(), event.getMessageId());
  }

  @Override
  public void onMessageBulkDelete(MessageBulkDeleteEvent event) {
    event.getMessageIds().forEach(id -> deleted(event.getChannel(), id));
  }

  private void deleted(Channel channel, String message) {
    long id = channel.getIdLong();
    lanes.run(
        id,
        () -> handle("deletion of " + message, () -> inbox.deleted(Incoming.place(id), message)));
  }

  @Override
  public void onMessageReactionAdd(MessageReactionAddEvent event) {
    if (event.getMessageAuthorIdLong() == event.getJDA().getSelfUser().getIdLong()) {
      reacted(
          event.getChannel(),
          event.getMessageId(),
          event.retrieveUser(),
          thumb(event.getEmoji()),
          true);
    }
  }

  @Override
  public void onMessageReactionRemove(MessageReactionRemoveEvent event) {
    reacted(
        event.getChannel(),
        event.getMessageId(),
        event.retrieveUser(),
        thumb(event.getEmoji()),
        false);
  }

  private void reacted(
      Channel channel,
      String message,
      RestAction<User> person,
      Optional<Thumb> thumb,
      boolean added) {
    if (thumb.isEmpty()) {
      return;
    }
    Thread.ofVirtual()
        .name("discord-event")
        .start(
            () -> {
              try {
                User user = Rest.await(person);
                if (!user.isBot()) {
                  Reaction reaction =
                      new Reaction(
                          Incoming.place(channel.getIdLong()),
                          incoming.person(user, null, null, null),
                          message,
                          added ? thumb : Optional.empty());
                  handle("reaction to " + message, () -> inbox.reacted(reaction));
                }
              } catch (PlatformException e) {
                log.debug("Whose reaction it is cannot be told: {}", e.getMessage());
              }
            });
  }

  private static Optional<Thumb> thumb(EmojiUnion emoji) {
    String name = emoji.getName();
    if (name.startsWith(UP)) { // in whatever colour
      return Optional.of(Thumb.UP);
    }
    return name.startsWith(DOWN) ? Optional.of(Thumb.DOWN) : Optional.empty();
  }

  @Override
  public void onGenericInteractionCreate(GenericInteractionCreateEvent event) {
    Thread.ofVirtual().name("discord-interaction").start(() -> take(event));
  }

  /** A command is answered at once or not at all. */
  private void take(GenericInteractionCreateEvent event) {
    try {
      interactions.take(event);
    } catch (DatabaseException e) {
      log.warn("Discord's interaction {} is refused: {}", event.getId(), e.getMessage());
      apologies.refuse(event);
    } catch (RuntimeException e) {
      log.error("Discord's interaction {} could not be handled", event.getId(), e);
    }
  }

  @Override
  public void onGuildLeave(GuildLeaveEvent event) {
    closed(Incoming.guild(event.getGuild().getIdLong()));
  }

  @Override
  public void onChannelDelete(ChannelDeleteEvent event) {
    closed(Incoming.place(event.getChannel().getIdLong()));
  }

  private void closed(PlaceId place) {
    Thread.ofVirtual()
        .name("discord-event")
        .start(() -> handle("end of a place", () -> inbox.closed(place)));
  }

  @Override
  public void onSessionDisconnect(SessionDisconnectEvent event) {
    progress.hold(event.getJDA().getShardInfo().getShardId());
  }

  @Override
  public void onSessionInvalidate(SessionInvalidateEvent event) {
    progress.lose(event.getJDA().getShardInfo().getShardId());
  }

  /** Whatever this session missed came; what an earlier one missed may not be found yet. */
  @Override
  public void onSessionResume(SessionResumeEvent event) {
    int shard = event.getJDA().getShardInfo().getShardId();
    if (progress.mustLook(shard)) {
      look(event.getJDA());
    } else {
      goOn(event.getJDA(), progress.losses(shard));
    }
  }

  @Override
  public void onReady(ReadyEvent event) {
    look(event.getJDA());
  }

  @Override
  public void onSessionRecreate(SessionRecreateEvent event) {
    look(event.getJDA());
  }

  private void look(JDA client) {
    int shard = client.getShardInfo().getShardId();
    int loss = progress.losses(shard);
    long since = progress.missedSince(shard);
    Thread.ofVirtual()
        .name("discord-catch-up")
        .start(
            () -> {
              if (since > 0) {
                catchUp.look(client, since);
              }
              goOn(client, loss);
            });
  }

  @Override
  public void onShutdown(ShutdownEvent event) {
    @Nullable CloseCode code = event.getCloseCode();
    if (code == CloseCode.DISALLOWED_INTENTS) {
      log.error(
          "Discord ended the connection: the Message Content switch was turned off. Turn it on in"
              + " Developer Portal → Bot → Privileged Gateway Intents, or start again without it.");
    } else if (code == CloseCode.AUTHENTICATION_FAILED) {
      log.error(
          "Discord ended the connection: the token was revoked. Get a new one in Developer Portal"
              + " → Bot → Reset Token.");
    } else if (code != null && !code.isReconnect()) {
      log.error("Discord ended the connection: {}", code.getMeaning());
    }
  }

  private boolean handle(String what, Runnable task) {
    return handle(what, task, () -> {});
  }

  /**
   * Where nothing can be written down, it is tried again; returns whether it was done.
   *
   * @param waiting done each time that it has to wait
   */
  private boolean handle(String what, Runnable task, Runnable waiting) {
    while (closed.getCount() > 0) {
      try {
        task.run();
        return true;
      } catch (DatabaseException e) {
        log.warn("Discord's {} has to wait: {}", what, e.getMessage());
        waiting.run();
      } catch (RuntimeException e) {
        log.error("Discord's {} could not be handled", what, e);
        return true;
      }
      try {
        if (closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          return false;
        }
      } catch (InterruptedException e) { // nobody does
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }
}
