package dev.parley.chat;

import dev.parley.format.FormattedText;
import dev.parley.format.MessageSplitter;
import dev.parley.language.Texts;
import dev.parley.person.BlockList;
import dev.parley.person.Door;
import dev.parley.person.People;
import dev.parley.person.Places;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.platform.PlatformException;
import dev.parley.platform.ReplyChannel;
import dev.parley.reply.Retries;
import dev.parley.usage.UsageStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What whoever runs Parley tells everybody who asked something in private lately, once each: one
 * announcement at a time and one chat after the other, so that an answer waits for one message of
 * it at most. Nothing of it is stored: what is left when the process ends stays unsaid.
 * Thread-safe.
 */
public final class Announcements implements AutoCloseable {
  /** Whoever asked nothing for so many days is left alone. */
  private static final int LATELY = 30;

  private static final Logger log = LoggerFactory.getLogger(Announcements.class);

  private final UsageStore usage;
  private final People people;
  private final Places places;
  private final Door door;
  private final BlockList blocked;
  private final Languages languages;
  private final Channels channels;

  // guarded by this
  private Optional<Progress> progress = Optional.empty();
  private @Nullable Thread saying;
  private boolean closed;

  /**
   * How far an announcement came.
   *
   * @param said in how many chats it stands
   * @param failed in how many it could not be said
   * @param left in how many it is to be said yet
   */
  public record Progress(int said, int failed, int left) {}

  /**
   * @param platforms by name
   */
  public Announcements(
      UsageStore usage,
      People people,
      Places places,
      Door door,
      BlockList blocked,
      Languages languages,
      Map<String, Platform> platforms) {
    this.usage = usage;
    this.people = people;
    this.places = places;
    this.door = door;
    this.blocked = blocked;
    this.languages = languages;
    this.channels = new Channels(platforms);
  }

  /** How many chats an announcement of now would go to. */
  public int reach() {
    return chats().size();
  }

  /** What an announcement looks like to whoever reads in that language. */
  public static String shown(Texts texts, String text) {
    return texts.say("announcement.from") + "\n\n" + text;
  }

  /**
   * Begins to tell everybody.
   *
   * @param text Markdown
   * @return whether it began; not while the one before is being said
   */
  public synchronized boolean begin(String text) {
    if (closed || progress.filter(now -> now.left() > 0).isPresent()) {
      return false;
    }
    List<Map.Entry<PersonId, PlaceId>> chats = chats();
    progress = Optional.of(new Progress(0, 0, chats.size()));
    saying = Thread.ofVirtual().name("announcement").start(() -> sayInAll(chats, text));
    return true;
  }

  /** How far the last one came since the start of the process; empty where there was none. */
  public synchronized Optional<Progress> progress() {
    return progress;
  }

  private List<Map.Entry<PersonId, PlaceId>> chats() {
    return usage.privateChats(LATELY).entrySet().stream()
        .filter(chat -> isToBeTold(chat.getKey(), chat.getValue()))
        .toList();
  }

  private boolean isToBeTold(PersonId person, PlaceId place) {
    return channels.reachesPeople(place)
        && people.find(person).filter(known -> !known.isForgotten()).isPresent()
        && !places.isClosed(place)
        && !blocked.contains(place, person)
        && door.admits(person, places.withParents(place));
  }

  private void sayInAll(List<Map.Entry<PersonId, PlaceId>> chats, String text) {
    log.info("An announcement goes to {} chats", chats.size());
    String nonce = "announcement-" + UUID.randomUUID();
    try {
      for (int i = 0; i < chats.size() && !isClosed(); i++) {
        PersonId person = chats.get(i).getKey();
        PlaceId place = chats.get(i).getValue();
        count(isSaid(person, place, text, nonce + "-" + i));
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
    log.info("An announcement ended: {}", progress().orElseThrow());
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void count(boolean said) {
    progress =
        progress.map(
            now ->
                new Progress(
                    now.said() + (said ? 1 : 0), now.failed() + (said ? 0 : 1), now.left() - 1));
  }

  /** One chat that fails in whatever way holds up no other. */
  private boolean isSaid(PersonId person, PlaceId place, String text, String nonce)
      throws InterruptedException {
    try {
      return isToBeTold(person, place) // which may have changed since it began
          && isTaken(person, place, text, nonce);
    } catch (RuntimeException | Error e) {
      log.warn("An announcement could not be said in a chat", e);
      return false;
    }
  }

  private boolean isTaken(PersonId person, PlaceId place, String text, String nonce)
      throws InterruptedException {
    try {
      say(person, place, text, nonce);
      return true;
    } catch (PlatformException e) {
      log.info("An announcement could not be said in a chat: {}", e.getMessage());
      if (e.kind() == PlatformException.Kind.CLOSED) {
        places.close(place);
      }
      return false;
    }
  }

  private void say(PersonId person, PlaceId place, String text, String nonce)
      throws InterruptedException, PlatformException {
    ReplyChannel channel = channels.open(place, Optional.empty());
    try {
      MessageSplitter splitter =
          new MessageSplitter(channels.limits(place).messageLength(), channel::length);
      List<FormattedText> parts =
          splitter.split(channel.format(shown(languages.of(person, place), text)));
      for (int i = 0; i < parts.size(); i++) {
        post(channel, parts.get(i), nonce + "-" + i);
      }
    } finally {
      channel.finished(false);
    }
  }

  private static void post(ReplyChannel channel, FormattedText part, String nonce)
      throws InterruptedException, PlatformException {
    Retries retries = new Retries(channel);
    for (int tries = 1; true; tries++) {
      try {
        channel.post(part, List.of(), nonce);
        return;
      } catch (PlatformException e) {
        if (isHopeless(e) || tries == Retries.MOST_TRIES) {
          throw e;
        }
        retries.pause(e);
      }
    }
  }

  private static boolean isHopeless(PlatformException e) {
    return switch (e.kind()) {
      case GONE, CLOSED, REFUSED -> true;
      case RATE_LIMITED, UNREACHABLE, UNKNOWN_OUTCOME -> false;
    };
  }

  /** Says no more of it, once what is being said is said or given up. */
  @Override
  public void close() {
    Optional<Thread> last;
    synchronized (this) {
      closed = true;
      last = Optional.ofNullable(saying);
    }
    last.ifPresent(Announcements::end);
  }

  private static void end(Thread thread) {
    thread.interrupt(); // it may wait for long, as a platform told it to
    try {
      if (!thread.join(ReplyRun.LONGEST_END)) {
        log.warn("An announcement is still being delivered");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
