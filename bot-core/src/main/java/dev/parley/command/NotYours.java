package dev.parley.command;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.format.Markdown;
import dev.parley.person.KnownPerson;
import dev.parley.person.People;
import dev.parley.platform.PersonId;
import dev.parley.platform.Response;
import java.util.Optional;

/**
 * What somebody reads who pressed a button of somebody else. Names only people who are seen to talk
 * in the same place: ids of buttons may be forged.
 */
record NotYours(People people, ConversationStore conversations, MessageTree tree) {
  Response answer(Asker asker, MessageId pressed) {
    return answer(
        asker,
        tree.find(pressed)
            .map(Message::conversation)
            .flatMap(conversations::find)
            .map(Conversation::owner)
            .filter(owner -> owner.place().equals(asker.place().id()))
            .flatMap(owner -> owner.person()));
  }

  Response answer(Asker asker, Optional<PersonId> owner) {
    return owner
        .flatMap(people::find)
        .map(KnownPerson::name)
        .map(name -> asker.say("button.not-yours", Markdown.name(name)))
        .orElseGet(() -> asker.say("button.old"));
  }
}
