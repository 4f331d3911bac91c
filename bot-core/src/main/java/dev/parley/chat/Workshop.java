package dev.parley.chat;

import dev.parley.conversation.MessageTree;
import dev.parley.conversation.PlatformMessages;
import dev.parley.model.LanguageModel;
import dev.parley.person.Places;
import dev.parley.queue.GenerationQueue;
import dev.parley.queue.QueueLimits;
import dev.parley.reply.ReplyStore;
import dev.parley.settings.Settings;

/** What carrying a reply needs, the same for all. */
public record Workshop(
    ReplyStore replies,
    Places places,
    MessageTree tree,
    PlatformMessages platformMessages,
    Settings settings,
    GenerationQueue queue,
    QueueLimits limits,
    LanguageModel model,
    Prompter prompter) {}
