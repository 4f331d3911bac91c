package dev.parley.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.platform.ButtonPress;
import dev.parley.platform.CommandCall;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.FormSubmission;
import dev.parley.platform.Inbox;
import dev.parley.platform.IncomingMessage;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.Response;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMemberBanned;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMemberLeft;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMemberRestricted;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMemberUpdated;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Hands each update to the core. Thread-safe. */
final class Updates {
  private static final String CANCEL = "cancel";
  private static final String ASK = "ask";

  /** What a link may do: only show. */
  private static final Set<String> LINKED =
      Set.of("about", "help", "history", "instructions", "preferences", "privacy", "usage");

  /** Longer than a comment and what it comments on are ever apart. */
  private static final Duration JUST_NOW = Duration.ofSeconds(10);

  private final Incoming incoming;
  private final Inbox inbox;
  private final Responses responses;
  private final Panels panels;
  private final Forms forms;

  private record Asker(Chat chat, PersonId person) {}

  /** The messages of everybody's newest question. */
  private final Cache<Asker, List<Message>> justAsked =
      Caffeine.newBuilder().expireAfterWrite(JUST_NOW).maximumSize(10_000).build();

  Updates(Incoming incoming, Inbox inbox, Responses responses, Panels panels, Forms forms) {
    this.incoming = incoming;
    this.inbox = inbox;
    this.responses = responses;
    this.panels = panels;
    this.forms = forms;
  }

  /** Handles one update, or several messages that belong together. */
  void handle(List<Update> updates) {
    Update update = updates.getFirst();
    if (update.hasCallbackQuery()) {
      press(update.getCallbackQuery());
    } else if (update.hasMessage()) {
      messages(update.getUpdateId(), updates.stream().map(Update::getMessage).toList());
    } else if (update.hasEditedMessage()) {
      edited(update.getUpdateId(), update.getEditedMessage());
    } else if (update.hasMyChatMember()) {
      membership(update.getMyChatMember());
    } else if (update.getMessageReaction() != null) {
      Incoming.reaction(update.getMessageReaction()).ifPresent(inbox::reacted);
    }
  }

  private void messages(int updateId, List<Message> messages) {
    Message message = messages.getFirst();
    if (message.getMigrateToChatId() != null) {
      inbox.moved(Incoming.chat(message).place(), Chat.whole(message.getMigrateToChatId()).place());
      return;
    }
    Optional<Person> author = incoming.speakers().author(message);
    if (author.isEmpty()) {
      return;
    }
    Place place = Incoming.place(message);
    Optional<Incoming.Command> command = incoming.command(message);
    if (!inbox.hears(author.get(), place, command.map(Incoming.Command::name).orElse(""))) {
      if (place.kind() == Place.Kind.PRIVATE) { // where they are told why, also of a command
        String text = incoming.text(messages);
        inbox.message(incoming.question(updateId, messages, author.get(), text, false));
      }
      return;
    }
    Responses.To to =
        to(message, author.get(), Optional.of(message.getMessageId()), "update-" + updateId);
    if (author.get().bot()) { // which gives no commands and fills in no forms
      if (!Incoming.isCommand(message)) {
        ask(updateId, to, messages);
      }
      return;
    }
    if (command.isPresent()) {
      command(updateId, to, message, command.get());
    } else if (!Incoming.isCommand(message) && !fillIn(to, messages)) {
      ask(updateId, to, messages);
    }
  }

  private void ask(int updateId, Responses.To to, List<Message> messages) {
    Asker asker = new Asker(to.chat(), to.person().id());
    List<Message> before = Optional.ofNullable(justAsked.getIfPresent(asker)).orElse(List.of());
    boolean late = !before.isEmpty() && Gathering.goesOn(before.getLast(), messages.getFirst());
    List<Message> all =
        late ? Stream.concat(before.stream(), messages.stream()).toList() : messages;
    justAsked.put(asker, all);
    IncomingMessage question =
        incoming.question(updateId, all, to.person(), incoming.text(all), false);
    if (late) { // the comment was taken as a question before what it comments on was there
      inbox.edited(question);
    } else if (!isEmpty(question)) {
      inbox.message(question);
    }
  }

  private static boolean isEmpty(IncomingMessage message) {
    return message.text().isEmpty()
        && message.quotations().isEmpty()
        && message.attachments().isEmpty();
  }

  private void edited(int updateId, Message message) {
    Optional<Person> author = incoming.speakers().author(message);
    if (author.isPresent() && !Incoming.isCommand(message)) {
      List<Message> alone = List.of(message);
      IncomingMessage question =
          incoming.question(updateId, alone, author.get(), incoming.text(alone), false);
      if (!isEmpty(question)) {
        inbox.edited(question);
      }
    }
  }

  /** Parley was thrown out, blocked or silenced; being let in needs nothing. */
  private void membership(ChatMemberUpdated change) {
    boolean silenced =
        switch (change.getNewChatMember()) {
          case ChatMemberLeft _, ChatMemberBanned _ -> true;
          case ChatMemberRestricted restricted ->
              !Boolean.TRUE.equals(restricted.getCanSendMessages());
          default -> false;
        };
    if (silenced) {
      inbox.closed(Chat.whole(change.getChat().getId()).place());
    }
  }

  private void command(int updateId, Responses.To to, Message message, Incoming.Command command) {
    boolean wasFillingIn = forms.close(to.place().id(), to.person().id());
    if (command.name().equals(CANCEL)) {
      String key = wasFillingIn ? "form.cancelled" : "form.nothing";
      responses.show(to, Response.of(inbox.texts(to.person(), to.place()).say(key)));
      return;
    }
    if (command.name().equals(ASK)) { // its message is a question, with all that is around it
      IncomingMessage question =
          incoming.question(updateId, List.of(message), to.person(), command.text(), true);
      if (!isEmpty(question)) {
        inbox.message(question);
        return;
      }
    }
    String name = linked(command).orElse(command.name());
    Optional<CommandDefinition> definition =
        inbox.commands().stream().filter(d -> d.name().equals(name)).findFirst();
    if (definition.isEmpty() && !to.chat().isPrivate()) {
      return; // in a group it may be another bot's
    }
    Map<String, String> options = definition.map(d -> d.read(command.text())).orElse(Map.of());
    responses.show(
        to,
        inbox.command(
            new CommandCall(
                to.nonce(),
                to.place(),
                to.person(),
                name,
                options,
                incoming.speakers().subject(message))));
  }

  /** A link such as t.me/BOT?start=instructions leads to a command. */
  private static Optional<String> linked(Incoming.Command command) {
    return Optional.of(command.text())
        .filter(payload -> command.name().equals("start") && LINKED.contains(payload));
  }

  private void press(CallbackQuery query) {
    if (!(query.getMessage() instanceof Message message) || query.getData() == null) {
      // too old for Telegram to say which message it was, or in which place of its chat
      Locale locale = Speakers.locale(query.getFrom().getLanguageCode());
      responses.toast(query, Texts.of(locale).say("button.old"));
      return;
    }
    Optional<PersonId> owner = panels.owner(Incoming.chat(message), message.getMessageId());
    Person presser = incoming.speakers().presser(query.getFrom(), message, owner);
    Responses.To to = to(message, presser, Optional.empty(), "press-" + query.getId());
    if (!inbox.hears(presser, to.place(), query.getData())) {
      responses.toast(query, Markdown.format(inbox.whyNot(presser, to.place())).text());
      return;
    }
    if (owner.isPresent() && !owner.get().equals(to.person().id())) {
      responses.toast(query, inbox.texts(to.person(), to.place()).say("button.not-this"));
      return;
    }
    Response response =
        inbox.press(
            new ButtonPress(
                to.nonce(),
                to.place(),
                to.person(),
                Integer.toString(message.getMessageId()),
                query.getData()));
    if (owner.isPresent()) {
      responses.toast(query, "");
      responses.replace(to, message.getMessageId(), response);
    } else {
      responses.popUp(to, query, response);
    }
  }

  /** Takes a message as the value of a field; returns whether it was one. */
  private boolean fillIn(Responses.To to, List<Message> messages) {
    Optional<Forms.Open> found = forms.find(to.place().id(), to.person().id());
    Message message = messages.getFirst();
    String value = messages.stream().map(Incoming::words).collect(Collectors.joining());
    if (found.isEmpty() || value.isEmpty()) {
      return false;
    }
    Forms.Open open = found.get();
    boolean meant = to.chat().isPrivate() || incoming.answersPrompt(message, open.prompt());
    if (!meant) {
      return false;
    }
    Forms.Open more = open.with(value);
    if (!more.isWhole()) {
      responses.ask(to, more);
      return true;
    }
    Response response =
        inbox.submit(
            new FormSubmission(
                to.nonce(), to.place(), to.person(), open.form().id(), more.values()));
    forms.close(to.place().id(), to.person().id());
    responses.show(to, response); // which may ask again
    return true;
  }

  private static Responses.To to(
      Message message, Person person, Optional<Integer> replyTo, String nonce) {
    return new Responses.To(
        Incoming.chat(message), Incoming.place(message), person, replyTo, nonce);
  }
}
