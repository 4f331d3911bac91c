package dev.parley.platform;

import dev.parley.language.Texts;
import java.util.List;

/**
 * The core as a platform sees it. Thread-safe; call it on a virtual thread per event, since it may
 * wait for the database. Nothing of it throws for what people do: bad input is answered.
 */
public interface Inbox {
  /**
   * Takes a message; when this returns it is on disk, and its answer will come even after a crash.
   * Whoever is let in nowhere is told so, in private and once a day.
   */
  void message(IncomingMessage message);

  /** Takes a question that a command of the platform asks, wherever it stands. */
  void ask(IncomingMessage message);

  /** Whether somebody wants an answer to a message, and gets one. */
  boolean wants(IncomingMessage message);

  /** The message was edited: its text is compared, and answered anew where it changed. */
  void edited(IncomingMessage message);

  /** The message was deleted: it and its answer leave the context. */
  void deleted(PlaceId place, String messageId);

  /** Parley was thrown out of the place; whatever somebody says there opens it again. */
  void closed(PlaceId place);

  /**
   * A place that others lie in, as the platform describes it now: what was set for it holds in
   * them.
   */
  void visit(Place around);

  /** The place has another id from now on; the ids of its messages begin anew. */
  void moved(PlaceId from, PlaceId to);

  /** Somebody's reactions to a message, whosever it is, are other ones now. */
  void reacted(Reaction reaction);

  /**
   * Whether a person is answered in a place, rather than blocked there; who is not gets silence
   * from the platform itself as well.
   */
  boolean hears(Person person, Place place);

  /**
   * Whether what somebody wants is done: anything for who is heard, and in private what concerns
   * what is kept of them, also for who is not.
   *
   * @param what the name of a command, or the id of a button or form; from outside, so possibly
   *     forged
   */
  boolean hears(Person person, Place place, String what);

  /** Why somebody is not heard in a place, for a platform that has to say something. */
  String whyNot(Person person, Place place);

  /** Whether what commands are answered with in a place is for their caller alone. */
  boolean answersQuietly(Place place);

  /** How many answers are on their way, on all platforms. */
  int underway();

  /** All commands there are, in the order of importance. */
  List<CommandDefinition> commands();

  /** The sentences somebody reads in a place, for what a platform says itself. */
  Texts texts(Person person, Place place);

  /** Carries out a command. */
  Response command(CommandCall call);

  /** Carries out what a button stands for. */
  Response press(ButtonPress press);

  /** Takes a filled form. */
  Response submit(FormSubmission submission);

  /** Values for an option that is being typed, at most 25, best first. */
  List<Completion> complete(CommandCall soFar, String option);
}
