package dev.parley.discord;

import dev.parley.platform.OutgoingFile;
import dev.parley.platform.PlatformException;
import dev.parley.platform.PlatformException.Kind;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.interactions.components.ComponentInteraction;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one interaction: within three seconds, by itself where the real one takes longer.
 * Thread-safe.
 */
final class Acknowledgement {
  private static final Logger log = LoggerFactory.getLogger(Acknowledgement.class);
  private static final String ORIGINAL = "@original";
  private static final int ALREADY = 40060;
  private static final int TRIES = 3;
  private static final Duration RETRY = Duration.ofMillis(300);

  private final Rest rest;
  private final String id;
  private final String token;
  private final AnswerType deferral;
  private final boolean ephemeral;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private boolean answered;
  private boolean deferred;

  private Acknowledgement(Rest rest, Interaction event, AnswerType deferral, boolean ephemeral) {
    this.rest = rest;
    this.id = event.getId();
    this.token = event.getToken();
    this.deferral = deferral;
    this.ephemeral = ephemeral;
  }

  /**
   * Begins to watch the time.
   *
   * @param deferral how it is answered where that takes long
   * @param ephemeral whether only the person sees it then
   */
  static Acknowledgement of(Rest rest, Interaction event, AnswerType deferral, boolean ephemeral) {
    Acknowledgement made = new Acknowledgement(rest, event, deferral, ephemeral);
    Thread.ofVirtual().name("discord-interaction").start(made::deferInTime);
    return made;
  }

  /** Says something instead of whatever an interaction was to lead to, deferred or not. */
  static void refuse(Rest rest, Interaction event, DataObject message) throws PlatformException {
    try {
      rest.call(
          Route.Interactions.CALLBACK.compile(event.getId(), event.getToken()),
          DataObject.empty()
              .put("type", AnswerType.MESSAGE.number())
              .put("data", Payloads.ephemeral(message)));
    } catch (PlatformException e) {
      if (!Rest.is(e, ALREADY)) {
        throw e;
      }
      String application = rest.client().getSelfUser().getApplicationId();
      if (event instanceof ComponentInteraction) { // the original is what it stands under
        rest.call(
            Route.Interactions.CREATE_FOLLOWUP.compile(application, event.getToken()),
            Payloads.ephemeral(message));
      } else {
        rest.call(
            Route.Interactions.EDIT_FOLLOWUP.compile(application, event.getToken(), ORIGINAL),
            message.remove("flags"));
      }
    }
  }

  private void deferInTime() {
    try {
      Thread.sleep(Limits.ANSWER);
      defer();
    } catch (InterruptedException e) { // nobody does
      Thread.currentThread().interrupt();
    } catch (PlatformException e) {
      log.debug("An interaction could not be deferred: {}", e.getMessage());
    }
  }

  /** Answers for now; the real answer may follow. */
  void defer() throws PlatformException {
    lock.lock();
    try {
      if (!answered) {
        answered = true;
        DataObject data = DataObject.empty();
        callback(deferral, ephemeral ? Payloads.ephemeral(data) : data);
        deferred = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Answers, or changes what stands there for now. */
  void answer(AnswerType type, DataObject data) throws PlatformException {
    lock.lock();
    try {
      if (!answered) {
        answered = true;
        callback(type, data);
      } else if (type == AnswerType.MESSAGE
          && (!deferred || deferral == AnswerType.DEFERRED_CHANGE)) {
        rest.call(Route.Interactions.CREATE_FOLLOWUP.compile(application(), token), data);
      } else if (type == AnswerType.MESSAGE || type == AnswerType.CHANGE) {
        data.remove("flags");
        rest.call(Route.Interactions.EDIT_FOLLOWUP.compile(application(), token, ORIGINAL), data);
        deferred = false;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Hands a file over, beside what was answered. */
  void file(OutgoingFile file, DataObject message) throws PlatformException {
    defer();
    lock.lock();
    try {
      rest.call(Route.Interactions.CREATE_FOLLOWUP.compile(application(), token), message, file);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is to be shown. */
  void nothing() throws PlatformException {
    defer();
    lock.lock();
    try {
      if (deferred && deferral == AnswerType.DEFERRED_MESSAGE) {
        rest.call(Route.Interactions.DELETE_FOLLOWUP.compile(application(), token, ORIGINAL), null);
      }
    } finally {
      lock.unlock();
    }
  }

  private String application() throws PlatformException {
    return rest.client().getSelfUser().getApplicationId();
  }

  private void callback(AnswerType type, DataObject data) throws PlatformException {
    DataObject body = DataObject.empty().put("type", type.number());
    if (type != AnswerType.DEFERRED_CHANGE) {
      body.put("data", data);
    }
    for (int tries = 1; ; tries++) {
      try {
        rest.call(Route.Interactions.CALLBACK.compile(id, token), body);
        return;
      } catch (PlatformException e) {
        if (Rest.is(e, ALREADY)) {
          return; // an earlier try arrived
        }
        boolean hopeless = e.kind() != Kind.UNKNOWN_OUTCOME && e.kind() != Kind.UNREACHABLE;
        if (hopeless || tries == TRIES) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY);
    } catch (InterruptedException e) { // nobody does
      Thread.currentThread().interrupt();
    }
  }
}
