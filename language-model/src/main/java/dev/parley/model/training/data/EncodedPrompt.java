package dev.parley.model.training.data;

/**
 * The tokens after which an answer begins.
 *
 * @param ids the tokens; nobody writes into them
 * @param shortened whether it lost turns to fit
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
public record EncodedPrompt(int[] ids, boolean shortened) {}
