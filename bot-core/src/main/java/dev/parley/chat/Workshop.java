package dev.parley.chat;

import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.PlatformMessages;
import dev.parley.conversation.ThoughtStore;
import dev.parley.language.Texts;
import dev.parley.model.LanguageModel;
import dev.parley.person.Places;
import dev.parley.platform.Button;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.platform.ReplyChannel;
import dev.parley.queue.GenerationQueue;
import dev.parley.queue.QueueLimits;
import dev.parley.reply.Overflow;
import dev.parley.reply.ReplyStore;
import dev.parley.reply.ReplyStream;
import dev.parley.reply.Tally;
import dev.parley.settings.LongAnswers;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.util.List;

/** What carrying a reply needs, the same for all. */
public record Workshop(
    ReplyStore replies,
    Places places,
    MessageTree tree,
    ThoughtStore thoughts,
    PlatformMessages platformMessages,
    Settings settings,
    GenerationQueue queue,
    QueueLimits limits,
    DailyLimits daily,
    LanguageModel model,
    Prompter prompter,
    Moderation moderation,
    Tally tally) {
  /** Most messages of an answer where whoever manages the place wants files instead. */
  private static final int BEFORE_FILE = 3;

  /** Remembers which messages of a platform show an answer. */
  ReplyStream.PostedListener remembering(PlaceId place, MessageId answer) {
    return new ReplyStream.PostedListener() {
      @Override
      public void posted(int part, String messageId) {
        platformMessages.show(place, messageId, answer, part);
      }

      @Override
      public void removed(String messageId) {
        platformMessages.forget(place, messageId);
      }
    };
  }

  /** What can be pressed under an answer. */
  List<List<Button>> buttonsUnder(Message answer, Texts texts) {
    return AnswerButtons.under(answer, hasThought(answer.id()), tree.siblings(answer.id()), texts);
  }

  /** What can be pressed under what is said instead of an answer. */
  List<List<Button>> buttonsInsteadOf(MessageId answer, Texts texts) {
    return AnswerButtons.insteadOf(answer, hasThought(answer), tree.siblings(answer), texts);
  }

  private boolean hasThought(MessageId answer) {
    return thoughts.find(answer).isPresent();
  }

  /** What becomes of an answer that is very long. */
  Overflow overflow(PersonId person, PlaceId place, ReplyChannel channel, Texts texts) {
    boolean inFile =
        settings.resolve(Setting.LONG_ANSWERS, person, place).value() == LongAnswers.FILE
            && channel.takesFiles();
    int most = inFile ? Math.min(BEFORE_FILE, channel.mostMessages()) : channel.mostMessages();
    return new Overflow(most, "_" + texts.say("answer.in-file") + "_");
  }
}
