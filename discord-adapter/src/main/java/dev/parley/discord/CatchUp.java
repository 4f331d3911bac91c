package dev.parley.discord;

import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import dev.parley.storage.Database;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.ISnowflake;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.middleman.GuildMessageChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for messages that came while nobody was connected. Thread-safe. */
final class CatchUp {
  private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

  /** A minute, as the numbers of messages count: what was on its way when the connection broke. */
  private static final long MARGIN = 60_000L << 22;

  /** Of one channel; whoever was away for longer is not asked a thousand things again. */
  private static final int MOST_PAGES = 5;

  private static final Set<Kind> HOPELESS = Set.of(Kind.GONE, Kind.CLOSED, Kind.REFUSED);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** About five minutes with the delays between them. */
  private static final int MOST_TRIES = 25;

  /** Private chats that were used last. */
  private static final int MOST_PRIVATE = 500;

  private final Database database;
  private final Consumer<Message> handler;

  /**
   * Makes one.
   *
   * @param handler of a message, which may have been handled before
   */
  CatchUp(Database database, Consumer<Message> handler) {
    this.database = database;
    this.handler = handler;
  }

  /**
   * Looks through everything one connection sees.
   *
   * @param since a message up to which everything was handled
   */
  void look(JDA client, long since) {
    long after = since - MARGIN;
    for (Guild guild : client.getGuilds()) {
      for (GuildMessageChannel channel :
          guild.getChannelCache().ofType(GuildMessageChannel.class).asList()) {
        if (channel.getLatestMessageIdLong() > after && isReadable(guild, channel)) {
          read(channel, after);
        }
      }
    }
    if (client.getShardInfo().getShardId() == 0) {
      privately(client, after);
    }
  }

  private static boolean isReadable(Guild guild, GuildMessageChannel channel) {
    return guild
        .getSelfMember()
        .hasPermission(channel, Permission.VIEW_CHANNEL, Permission.MESSAGE_HISTORY);
  }

  private void read(MessageChannel channel, long after) {
    long last = after;
    try {
      for (int page = 0; page < MOST_PAGES; page++) {
        long from = last;
        List<Message> messages =
            insist(() -> Rest.await(channel.getHistoryAfter(from, Limits.HISTORY)))
                .getRetrievedHistory();
        messages.reversed().forEach(handler); // the oldest first
        if (messages.size() < Limits.HISTORY) {
          return;
        }
        last = messages.stream().mapToLong(ISnowflake::getIdLong).max().orElse(last);
      }
    } catch (PlatformException e) {
      log.debug("What was missed in a channel cannot be read: {}", e.getMessage());
    }
  }

  /** Asks Discord for something. */
  private interface Call<T> {
    T call() throws PlatformException;
  }

  /** What is not read is lost: a call that failed is made again, for some minutes. */
  private static <T> T insist(Call<T> call) throws PlatformException {
    for (int tries = 1; ; tries++) {
      try {
        return call.call();
      } catch (PlatformException e) {
        if (HOPELESS.contains(e.kind()) || tries == MOST_TRIES) {
          throw e;
        }
        log.debug("What was missed is asked for again: {}", e.getMessage());
      }
      try {
        Thread.sleep(RETRY.multipliedBy(tries));
      } catch (InterruptedException e) { // nobody does
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Discord lists no private chats: whose are known are in the database. */
  private void privately(JDA client, long after) {
    List<String> people =
        database.read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT conversation.person FROM conversation
                        JOIN place ON place.platform = conversation.platform
                          AND place.id = conversation.place
                        WHERE place.platform = :platform AND place.kind = 'PRIVATE'
                          AND place.closed_at IS NULL AND conversation.person IS NOT NULL
                        GROUP BY conversation.person
                        ORDER BY max(conversation.used_at) DESC LIMIT :most
                        """)
                    .bind("platform", DiscordPlatform.NAME)
                    .bind("most", MOST_PRIVATE)
                    .mapTo(String.class)
                    .list());
    for (String person : people) {
      try {
        read(insist(() -> Rest.await(client.openPrivateChannelById(person))), after);
      } catch (PlatformException e) {
        log.debug("A private chat cannot be opened: {}", e.getMessage());
      }
    }
  }
}
