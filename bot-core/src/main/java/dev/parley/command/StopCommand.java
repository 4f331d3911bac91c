package dev.parley.command;

import dev.parley.chat.Answering;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import dev.parley.reply.ReplyId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code /stop} and the button under a growing answer: ends it, what is there stays. */
final class StopCommand implements Command {
  private final Answering answering;
  private final NotYours notYours;

  StopCommand(Answering answering, NotYours notYours) {
    this.answering = answering;
    this.notYours = notYours;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of("stop");
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    return answering.stop(asker.owner(), asker.person().id())
        ? Response.nothing()
        : asker.say("stop.nothing");
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    OptionalLong number = Words.number(words, 0);
    if (number.isEmpty()) {
      return asker.say("button.old");
    }
    ReplyId reply = new ReplyId(number.getAsLong());
    if (answering.stop(reply, asker.person().id())) {
      return Response.nothing();
    }
    return notYours.answer(asker, answering.waitsFor(reply, asker.place().id()));
  }
}
