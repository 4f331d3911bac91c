package dev.parley.chat;

import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.model.GenerationOptions;
import dev.parley.model.LanguageModel;
import dev.parley.model.Role;
import dev.parley.model.SamplingOptions;
import dev.parley.person.CustomInstructions;
import dev.parley.person.InstructionsStore;
import dev.parley.prompt.Prompt;
import dev.parley.prompt.PromptBuilder;
import dev.parley.prompt.SystemPrompt;
import dev.parley.prompt.Turn;
import dev.parley.reply.Reply;
import dev.parley.settings.AnswerLength;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what a reply's prompt is made of, at the moment the model is free for it: settings,
 * custom instructions, and the path to the question as it is then. Thread-safe.
 */
public final class Prompter {
  private static final Logger log = LoggerFactory.getLogger(Prompter.class);

  /** Whoever asks for another answer wants a different one: least temperature for it. */
  private static final double ANOTHER = 0.7;

  private final ConversationStore conversations;
  private final MessageTree tree;
  private final Settings settings;
  private final InstructionsStore instructions;
  private final PromptBuilder builder;
  private final Profile profile;
  private final InstantSource clock;

  public Prompter(
      ConversationStore conversations,
      MessageTree tree,
      Settings settings,
      InstructionsStore instructions,
      LanguageModel model,
      boolean briefSystemPrompt,
      Profile profile,
      InstantSource clock) {
    this.conversations = conversations;
    this.tree = tree;
    this.settings = settings;
    this.instructions = instructions;
    this.builder = new PromptBuilder(model, briefSystemPrompt);
    this.profile = profile;
    this.clock = clock;
  }

  /** What the model reads for a reply, and remembers where it begins. */
  public Prompt prompt(Reply reply, GenerationOptions options) {
    Conversation conversation =
        conversations
            .find(reply.conversation())
            .orElseThrow(() -> new IllegalStateException("the conversation was deleted"));
    List<Message> path = tree.contextOf(reply.question());
    boolean shared = conversation.owner().person().isEmpty();
    Prompt prompt =
        builder.build(
            systemPrompt(reply, shared),
            summary(conversation, reply.question()),
            turns(reply, path, shared),
            conversation
                .promptStart()
                .map(id -> OptionalLong.of(id.value()))
                .orElse(OptionalLong.empty()),
            profile.contextTokens() - options.maxTokens());
    if (prompt.forgot()) {
      log.info(
          "A full conversation forgot its oldest messages: {} tokens stay, to be read anew this"
              + " once",
          prompt.tokens());
      conversations.promptStartsAt(conversation.id(), new MessageId(prompt.keptFrom()));
    }
    return conversation.promptStart().isEmpty() ? prompt : prompt.withoutNotice();
  }

  /** How a reply's tokens are drawn and how many. */
  GenerationOptions options(Reply reply) {
    return !reply.continuation() && tree.siblings(reply.answer()).size() > 1
        ? optionsOfAnother(reply)
        : options(reply, sampling(reply));
  }

  /** The same where an answer is there already, and another one is wanted beside it. */
  public GenerationOptions optionsOfAnother(Reply reply) {
    SamplingOptions sampling = sampling(reply);
    return options(
        reply, sampling.temperature() < ANOTHER ? sampling.withTemperature(ANOTHER) : sampling);
  }

  private GenerationOptions options(Reply reply, SamplingOptions sampling) {
    return GenerationOptions.of(profile.maxTokens(value(Setting.ANSWER_LENGTH, reply)), sampling);
  }

  private SamplingOptions sampling(Reply reply) {
    return profile.sampling(value(Setting.CREATIVITY, reply));
  }

  private SystemPrompt systemPrompt(Reply reply, boolean shared) {
    CustomInstructions wishes =
        value(Setting.CUSTOM_INSTRUCTIONS, reply)
            ? instructions.of(reply.person())
            : CustomInstructions.NONE;
    return new SystemPrompt(
        profile.name(),
        profile.operatorPrompt(),
        profile.persona(value(Setting.PERSONA, reply)),
        wishes.enabled() ? nonBlank(wishes.about()) : Optional.empty(),
        wishes.enabled() ? nonBlank(wishes.style()) : Optional.empty(),
        length(value(Setting.ANSWER_LENGTH, reply)),
        shared,
        LocalDate.ofInstant(clock.instant(), profile.zone()));
  }

  private List<Turn> turns(Reply reply, List<Message> path, boolean shared) {
    List<Turn> turns = new ArrayList<>(path.size() + 1);
    for (Message message : path) {
      turns.add(turn(message, shared));
    }
    if (reply.continuation()) {
      Message answer = tree.find(reply.answer()).orElseThrow();
      turns.add(turn(answer, shared));
    }
    return turns;
  }

  private static Turn turn(Message message, boolean shared) {
    Optional<String> speaker =
        shared && message.role() == Role.USER
            ? message.author().map(Message.Author::name)
            : Optional.empty();
    return new Turn(message.id().value(), message.role(), speaker, message.text());
  }

  /** A summary holds for the paths through the last message it covers. */
  private Optional<String> summary(Conversation conversation, MessageId question) {
    return conversation
        .summary()
        .filter(summary -> !summary.text().isEmpty())
        .filter(
            summary -> tree.pathTo(question).stream().anyMatch(m -> m.id().equals(summary.upTo())))
        .map(Conversation.Summary::text);
  }

  private <T> T value(Setting<T> setting, Reply reply) {
    return settings.resolve(setting, reply.person(), reply.place()).value();
  }

  private static Optional<String> length(AnswerLength length) {
    return switch (length) {
      case SHORT -> Optional.of("Keep answers short: a few sentences.");
      case NORMAL -> Optional.empty();
      case LONG -> Optional.of("Answer at length, with details and examples.");
    };
  }

  private static Optional<String> nonBlank(String text) {
    return Optional.of(text).filter(t -> !t.isBlank());
  }
}
