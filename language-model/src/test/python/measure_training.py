"""How fast supervised fine-tuning is in Python: measure_training.py lora|full STEPS

The counterpart of MeasureTraining, to be run in turns with it: a network of the default model's size, two rows of
256 random tokens a step, the same adapters (rank 8 beside every projection of the layers), the same optimizer.
Needs torch, transformers and peft; measured with 2.7.1, 4.57.1 and 0.21.2.
"""

import statistics
import sys
import time

import torch
from transformers import LlamaConfig, LlamaForCausalLM

ROWS, LENGTH, VOCABULARY = 2, 256, 49152


def network(how):
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=VOCABULARY,
            hidden_size=576,
            intermediate_size=1536,
            num_hidden_layers=30,
            num_attention_heads=9,
            num_key_value_heads=3,
            tie_word_embeddings=True,
        )
    ).train()
    if how == "lora":
        from peft import LoraConfig, get_peft_model

        model = get_peft_model(
            model,
            LoraConfig(r=8, lora_alpha=16, lora_dropout=0, target_modules="all-linear", task_type="CAUSAL_LM"),
        )
    return model


def main(how, steps):
    torch.manual_seed(1)
    model = network(how)
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=1e-4, fused=True)
    speeds = []
    for _ in range(steps):
        ids = torch.randint(0, VOCABULARY, (ROWS, LENGTH))
        began = time.monotonic()
        loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        loss.item()
        speeds.append(ROWS * LENGTH / (time.monotonic() - began))
        print(f"{speeds[-1]:.1f}", end=" ", flush=True)
    print(f"\npython {how}: median {statistics.median(speeds):.1f}")


main(sys.argv[1], int(sys.argv[2]))
