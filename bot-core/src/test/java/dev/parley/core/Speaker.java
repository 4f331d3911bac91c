package dev.parley.core;

import dev.parley.platform.Button;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.Form;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.IncomingMessage.Attachment;
import dev.parley.platform.IncomingMessage.Quotation;
import dev.parley.platform.Person;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Reaction;
import dev.parley.platform.Response;
import dev.parley.platform.Thumb;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One person in one place, who does what people do. */
final class Speaker {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Bot bot;
  private final Person person;
  private final Place place;

  Speaker(Bot bot, Person person, Place place) {
    this.bot = bot;
    this.person = person;
    this.place = place;
  }

  Person person() {
    return person;
  }

  Place place() {
    return place;
  }

  /** The same person somewhere else. */
  Speaker in(Place other) {
    return new Speaker(bot, person, other);
  }

  /** Says something to Parley; returns the platform's id of the message. */
  String says(String text) {
    String id = next();
    inbox().message(message(id, id, text, Optional.empty()));
    return id;
  }

  /** Says something and waits for everything to be answered. */
  String asks(String text) throws InterruptedException {
    String id = says(text);
    bot.platform.awaitQuiet();
    return id;
  }

  /** Says something together with others' words and files, and waits for the answer. */
  void asks(String text, List<Quotation> quotations, List<Attachment> attachments)
      throws InterruptedException {
    String id = next();
    inbox()
        .message(
            new IncomingMessage(
                id,
                place,
                person,
                id,
                text,
                Optional.empty(),
                true,
                quotations,
                attachments,
                Instant.EPOCH));
    bot.platform.awaitQuiet();
  }

  /** The same person in a place with another id. */
  Speaker movedTo(PlaceId id) {
    return new Speaker(bot, person, new Place(id, place.kind(), place.parent(), place.name()));
  }

  /** The same event once more, as platforms send it. */
  void saysAgain(String id, String text) {
    inbox().message(message(id, id, text, Optional.empty()));
  }

  void repliesTo(String messageId, String text) throws InterruptedException {
    String id = next();
    inbox().message(message(id, id, text, Optional.of(messageId)));
    bot.platform.awaitQuiet();
  }

  void edits(String messageId, String text) throws InterruptedException {
    inbox().edited(message(next(), messageId, text, Optional.empty()));
    bot.platform.awaitQuiet();
  }

  void deletes(String messageId) {
    inbox().deleted(place.id(), messageId);
  }

  Response gives(String command, String... options) throws InterruptedException {
    Map<String, String> given =
        options.length == 0
            ? Map.of()
            : options.length == 2
                ? Map.of(options[0], options[1])
                : Map.of(options[0], options[1], options[2], options[3]);
    Response response = givesWhileBusy(command, given);
    bot.platform.awaitQuiet();
    return response;
  }

  Response givesWhileBusy(String command, Map<String, String> options) {
    return inbox().command(new CommandCall(next(), place, person, command, options));
  }

  /** Gives a command about somebody. */
  Response givesAbout(Person subject, String command, Map<String, String> options) {
    return inbox()
        .command(new CommandCall(next(), place, person, command, options, Optional.of(subject)));
  }

  Response pressesId(String buttonId) throws InterruptedException {
    Response response = pressesIdWhileBusy(buttonId);
    bot.platform.awaitQuiet();
    return response;
  }

  Response pressesIdWhileBusy(String buttonId) {
    return inbox().press(new ButtonPress(next(), place, person, "", buttonId));
  }

  /** Presses a button under a response. */
  Response presses(Response response, String label) throws InterruptedException {
    return pressesId(
        button(response.buttons().stream().flatMap(List::stream).toList(), label).id());
  }

  /** Presses a button under the newest message of the place. */
  Response presses(String label) throws InterruptedException {
    return pressesId(buttonId(label));
  }

  /** The id of a button under the newest message of the place. */
  String buttonId(String label) {
    return button(bot.platform.in(place.id()).getLast().buttons(), label).id();
  }

  /** The same press once more, as platforms send it. */
  Response pressesTwice(String buttonId) {
    ButtonPress press = new ButtonPress(next(), place, person, "", buttonId);
    inbox().press(press);
    return inbox().press(press);
  }

  /** Reacts to the newest message of the place; an empty thumb takes the reaction away. */
  void reacts(Optional<Thumb> thumb) {
    String message = bot.platform.in(place.id()).getLast().id();
    inbox().reacted(new Reaction(place.id(), person, message, thumb));
  }

  Response fillsIn(Response response, String value) throws InterruptedException {
    return fillsIn(response.form().orElseThrow(), value);
  }

  Response fillsIn(Form form, String value) throws InterruptedException {
    Response saved =
        inbox()
            .submit(
                new FormSubmission(
                    next(),
                    place,
                    person,
                    form.id(),
                    Map.of(form.fields().getFirst().id(), value)));
    bot.platform.awaitQuiet();
    return saved;
  }

  private IncomingMessage message(
      String eventId, String messageId, String text, Optional<String> replyTo) {
    return new IncomingMessage(
        eventId,
        place,
        person,
        messageId,
        text,
        replyTo,
        true,
        List.of(),
        List.of(),
        Instant.EPOCH);
  }

  private Inbox inbox() {
    return bot.core;
  }

  private static Button button(List<Button> buttons, String label) {
    return buttons.stream()
        .filter(button -> button.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no button " + label + " among " + buttons));
  }

  private static String next() {
    return "event-" + NUMBER.incrementAndGet();
  }
}
