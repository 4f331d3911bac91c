package dev.parley.chat;

import dev.parley.conversation.ConversationId;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.Owner;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.platform.ReplyChannel;
import dev.parley.reply.Reply;
import dev.parley.reply.ReplyId;
import dev.parley.reply.ReplyState;
import dev.parley.storage.DatabaseException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All replies on their way, each carried by a virtual thread of its own. Thread-safe. */
public final class Answering {
  private static final Logger log = LoggerFactory.getLogger(Answering.class);

  /** A press is to be answered within a second. */
  private static final Duration LONGEST_CONFIRMATION = Duration.ofMillis(800);

  /** Between two tries to store what a reply has reached. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Channels channels;
  private final Workshop workshop;
  private final Languages languages;
  private final Map<ReplyId, ReplyRun> runs = new ConcurrentHashMap<>();

  private final AnswerExchange exchange;
  private final Notices notices;

  private volatile boolean closing;

  /** Held while a reply is taken in and starts, so that whoever stops replies misses none. */
  private final Object starting = new Object();

  /**
   * @param platforms by name
   */
  public Answering(Map<String, Platform> platforms, Workshop workshop, Languages languages) {
    this.channels = new Channels(platforms);
    this.workshop = workshop;
    this.languages = languages;
    this.exchange = new AnswerExchange(workshop, languages, channels);
    this.notices = new Notices(workshop.platformMessages(), languages, channels);
  }

  /**
   * Takes up what the last end of the process interrupted on a platform, oldest first.
   *
   * @param platform its name
   */
  public void resume(String platform) {
    for (Reply reply : workshop.replies().unfinished()) {
      if (reply.place().platform().equals(platform)) {
        resume(reply);
      }
    }
  }

  private void resume(Reply reply) {
    try {
      if (workshop.places().isClosed(reply.place())) {
        workshop.replies().failed(reply.id(), "closed");
        return;
      }
      ReplyRun run = run(reply, Notes.none(), Optional.empty());
      run.restarted();
      carry(run);
    } catch (RuntimeException e) { // the others shall not wait for the next restart too
      log.error("Reply {} could not be taken up", reply.id().value(), e);
    }
  }

  /**
   * Starts to carry another reply to a question, whose channel is open when this returns.
   *
   * @param asker who wants it
   * @param accept called where no reply to the question is on its way, and makes this one
   * @return whether that was so
   */
  public boolean startIfFree(Person asker, MessageId question, Supplier<Reply> accept) {
    awaitDelivery(question);
    synchronized (starting) {
      if (busy(question)) {
        return false;
      }
      Reply reply = accept.get();
      carry(run(reply, near(Notes.none(), asker, reply), Optional.of(asker)));
      return true;
    }
  }

  private boolean busy(MessageId question) {
    return exchange.underway(question).isPresent()
        || runs.values().stream()
            .map(ReplyRun::reply)
            .anyMatch(reply -> reply.question().equals(question) && !reply.state().isFinal());
  }

  /**
   * Whoever sees an answer whole may press what stands under it, even where its platform has not
   * said yet that it arrived: waits a moment for that.
   */
  private void awaitDelivery(MessageId question) {
    Stream<CompletableFuture<Void>> delivered =
        runs.values().stream()
            .filter(run -> run.reply().question().equals(question))
            .filter(run -> run.reply().state() == ReplyState.DELIVERING)
            .map(ReplyRun::ended);
    Stream<CompletableFuture<Void>> shown = exchange.underway(question).stream();
    CompletableFuture.allOf(Stream.concat(delivered, shown).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, LONGEST_CONFIRMATION.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /**
   * Starts to carry the reply to a new question, whose channel is open when this returns.
   *
   * @param asker who asks
   * @param accept stores question and reply; empty where there is nothing to answer
   * @param notes what to say around it, asked for once it is stored
   */
  void start(Person asker, Supplier<Optional<Reply>> accept, Supplier<Notes> notes) {
    synchronized (starting) {
      accept
          .get()
          .ifPresent(
              reply -> carry(run(reply, near(notes.get(), asker, reply), Optional.of(asker))));
    }
  }

  /** With what is to be said of a limit that the question brought near its end. */
  private Notes near(Notes notes, Person asker, Reply reply) {
    return workshop
        .daily()
        .nearedByQuestion(asker, reply.place(), languages.of(asker.id(), reply.place()))
        .map(notes::after)
        .orElse(notes);
  }

  private ReplyRun run(Reply reply, Notes notes, Optional<Person> asker) {
    ReplyChannel channel = channels.open(reply.place(), reply.platformQuestion());
    return new ReplyRun(
        workshop,
        reply,
        notes,
        asker,
        languages.of(reply.person(), reply.place()),
        channel,
        channels.limits(reply.place()));
  }

  private void carry(ReplyRun run) {
    ReplyId id = run.reply().id();
    above(run).ifPresent(run::follow);
    runs.put(id, run);
    Thread.ofVirtual().name("reply-" + id.value()).start(() -> carryToTheEnd(id, run));
  }

  /** The run before it in the conversation, where that goes on. */
  private Optional<ReplyRun> above(ReplyRun run) {
    return runs.values().stream()
        .filter(other -> other.reply().conversation().equals(run.reply().conversation()))
        .filter(other -> other.reply().id().value() < run.reply().id().value())
        .max(Comparator.comparingLong(other -> other.reply().id().value()));
  }

  /** What could not be stored, as on a full disk, is taken up again from where it was stored. */
  private void carryToTheEnd(ReplyId id, ReplyRun first) {
    try {
      ReplyRun run = first;
      run.carry();
      Duration pause = FIRST_PAUSE;
      while (run.isUnstored() && !closing) {
        run.pause(pause);
        pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
        run = carriedAgain(run);
      }
    } catch (InterruptedException shuttingDown) {
      Thread.currentThread().interrupt();
    } catch (NoSuchElementException deleted) {
      log.info("Reply {} is gone and not carried on", id.value());
    } finally {
      runs.remove(id);
      first.settle();
    }
  }

  /** Returns the same run where its reply cannot be read yet. */
  private ReplyRun carriedAgain(ReplyRun before) {
    ReplyId id = before.reply().id();
    ReplyRun run;
    try {
      run = run(workshop.replies().find(id).orElseThrow(), Notes.none(), Optional.empty());
    } catch (DatabaseException e) {
      log.warn("Reply {} cannot be read yet: {}", id.value(), e.getMessage());
      return before;
    }
    run.again(before);
    above(run).ifPresent(run::follow);
    runs.put(id, run);
    run.carry();
    return run;
  }

  /**
   * Shows an answer that was given before, where an alternative of it stands now.
   *
   * @return whether that could begin; not while another one is being written there
   */
  public boolean show(Message answer, PersonId person, PlaceId place) {
    MessageId question = answer.parent().orElseThrow();
    awaitDelivery(question);
    synchronized (starting) {
      if (busy(question)) {
        return false;
      }
      exchange.begin(question);
    }
    exchange.show(question, answer, person, place);
    return true;
  }

  /** What is said beside answers, or instead of them. */
  public Notices notices() {
    return notices;
  }

  /** Stops what is on its way in a conversation; returns whether there was something. */
  public boolean stop(Owner owner, PersonId person) {
    List<ReplyRun> found = of(owner, person);
    found.forEach(ReplyRun::stop);
    return !found.isEmpty();
  }

  /** Stops one reply where it is that person's; returns whether it was. */
  public boolean stop(ReplyId id, PersonId person) {
    ReplyRun run = runs.get(id);
    if (run == null || !run.reply().person().equals(person)) {
      return false;
    }
    run.stop();
    return true;
  }

  /** For whom a reply waits or is being written in a place. */
  public Optional<PersonId> waitsFor(ReplyId id, PlaceId place) {
    return Optional.ofNullable(runs.get(id))
        .map(ReplyRun::reply)
        .filter(reply -> reply.place().equals(place))
        .map(Reply::person);
  }

  /** Stops them and waits until nothing more is shown of them. */
  void stopAnswersTo(MessageId question) {
    end(reply -> reply.question().equals(question));
  }

  /** Stops what is on its way in a conversation and waits until nothing more is shown of it. */
  public void stopAnswersIn(ConversationId conversation) {
    end(reply -> reply.conversation().equals(conversation));
  }

  /** Stops what is on its way for a person and waits until nothing more is shown of it. */
  public void stopAnswersFor(PersonId person) {
    end(reply -> reply.person().equals(person));
  }

  private void end(Predicate<Reply> which) {
    List<ReplyRun> found;
    synchronized (starting) {
      found = runs.values().stream().filter(run -> which.test(run.reply())).toList();
    }
    found.forEach(ReplyRun::stop);
    found.forEach(ReplyRun::awaitEnd);
  }

  /**
   * Waits for all that ends because the queue was closed: nothing uses the stores afterwards. A
   * platform that stays away is not waited for, however many replies wait for it.
   */
  public void awaitEnd() {
    closing = true;
    long start = System.nanoTime();
    for (ReplyRun run : List.copyOf(runs.values())) {
      run.awaitEnd(ReplyRun.LONGEST_END.minusNanos(System.nanoTime() - start));
    }
    notices.awaitEnd(ReplyRun.LONGEST_END.minusNanos(System.nanoTime() - start));
  }

  /** Whether the model answers well in a language, as far as it says so. */
  boolean speaks(String language) {
    List<String> languages = workshop.model().info().languages();
    return languages.isEmpty() || languages.contains(language);
  }

  /** A person's replies that wait or are being written, oldest first. */
  public List<Waiting> waiting(PersonId person) {
    return runs.values().stream()
        .filter(run -> run.reply().person().equals(person))
        .sorted(Comparator.comparingLong(run -> run.reply().id().value()))
        .map(ReplyRun::waiting)
        .toList();
  }

  /** Whether one of a conversation is on its way. */
  boolean isUnderwayIn(ConversationId conversation) {
    return runs.values().stream()
        .map(ReplyRun::reply)
        .filter(reply -> !reply.state().isFinal())
        .anyMatch(reply -> reply.conversation().equals(conversation));
  }

  /** How many are on their way. */
  public int underway() {
    return runs.size();
  }

  /** Whether nothing is on its way. */
  public boolean idle() {
    return runs.isEmpty();
  }

  private List<ReplyRun> of(Owner owner, PersonId person) {
    Collection<ReplyRun> all = runs.values();
    return all.stream()
        .filter(run -> run.reply().place().equals(owner.place()))
        .filter(run -> run.reply().person().equals(person))
        .toList();
  }
}
