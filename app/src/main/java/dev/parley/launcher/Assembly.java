package dev.parley.launcher;

import dev.parley.background.Background;
import dev.parley.chat.Answering;
import dev.parley.chat.Chat;
import dev.parley.chat.Languages;
import dev.parley.chat.Profile;
import dev.parley.chat.Prompter;
import dev.parley.chat.Workshop;
import dev.parley.command.Commands;
import dev.parley.configuration.Configuration;
import dev.parley.conversation.Beginnings;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.History;
import dev.parley.conversation.MessageSearch;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.PlatformMessages;
import dev.parley.conversation.SeenEvents;
import dev.parley.core.Core;
import dev.parley.loading.Loaded;
import dev.parley.model.SamplingOptions;
import dev.parley.person.InstructionsStore;
import dev.parley.person.People;
import dev.parley.person.Places;
import dev.parley.platform.Platform;
import dev.parley.queue.GenerationQueue;
import dev.parley.reply.ReplyStore;
import dev.parley.settings.Settings;
import dev.parley.storage.Database;
import dev.parley.usage.UsageStore;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * All parts, put together in one place.
 *
 * @param core what platforms talk to
 * @param commands what they show and complete
 * @param answering the replies on their way
 * @param background what the model does while nobody waits; to be started
 */
record Assembly(
    Core core, Commands commands, Answering answering, Background background, GenerationQueue queue)
    implements AutoCloseable {
  /**
   * Puts everything together.
   *
   * @param sampling how tokens are drawn where nobody chose otherwise
   */
  static Assembly of(
      Configuration configuration,
      Database database,
      Loaded loaded,
      SamplingOptions sampling,
      Platform platform) {
    Clock clock = Clock.system(ZoneId.systemDefault());
    Profile profile =
        new Profile(
            configuration.name(),
            configuration.systemPrompt(),
            sampling,
            configuration.answer().maxTokens(),
            loaded.model().info().contextLength(),
            configuration.conversationIdle(),
            clock.getZone(),
            configuration.personas());

    People people = new People(database, clock);
    Places places = new Places(database, clock);
    Settings settings = new Settings(database, places, configuration.settings());
    InstructionsStore instructions = new InstructionsStore(database, clock);
    ConversationStore conversations = new ConversationStore(database, clock);
    MessageTree tree = new MessageTree(database, conversations, clock);
    PlatformMessages platformMessages = new PlatformMessages(database);
    UsageStore usage = new UsageStore(database, clock, clock.getZone());
    ReplyStore replies =
        new ReplyStore(
            database, tree, platformMessages, new SeenEvents(database, clock), usage, clock);

    GenerationQueue queue = new GenerationQueue(loaded.model(), configuration.queue(), clock);
    Prompter prompter =
        new Prompter(
            conversations,
            tree,
            settings,
            instructions,
            loaded.model(),
            loaded.brief(),
            profile,
            clock);
    Languages languages = new Languages(settings, people);
    Answering answering =
        new Answering(
            Map.of(platform.name(), platform),
            new Workshop(
                replies,
                tree,
                platformMessages,
                settings,
                queue,
                configuration.queue(),
                loaded.model(),
                prompter),
            languages);
    Chat chat =
        new Chat(
            people,
            places,
            conversations,
            tree,
            platformMessages,
            replies,
            settings,
            usage,
            answering,
            languages,
            profile,
            clock);
    Commands commands =
        new Commands(
            chat,
            people,
            languages,
            answering,
            conversations,
            tree,
            new History(database),
            new MessageSearch(database),
            replies,
            settings,
            instructions,
            places,
            usage,
            loaded.model(),
            profile,
            clock);
    Background background =
        new Background(
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory()),
            new Beginnings(database, conversations, tree),
            conversations,
            tree,
            queue,
            loaded.model(),
            loaded.brief(),
            sampling,
            profile.contextTokens(),
            clock);
    return new Assembly(new Core(chat, commands), commands, answering, background, queue);
  }

  @Override
  public void close() {
    background.close();
    queue.close();
    answering.awaitEnd();
  }
}
