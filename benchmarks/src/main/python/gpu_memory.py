"""What models of the catalogue take of a GPU under PyTorch, beside what the memory model says.

Weights are random, of the published shapes, in bfloat16. Of each model it measures what its weights
take once they are loaded, what a KV cache takes per token, what a prefill of 8,192 tokens needs
beside both, and what the driver says that the process takes in all. The planned figures are
computed here from the published shape as `MemoryModel` does it: 2 % of padding, 2.3 GiB and 5 % of
the padded weights.

    python3 gpu_memory.py            # a Markdown table; needs a GPU, torch and transformers
"""

import gc
import json
import os
import subprocess
import sys

import torch
import transformers
from transformers import AutoModelForCausalLM, LlamaConfig, MistralConfig, PhiConfig, Qwen2Config

GIB = 1 << 30
MIB = 1 << 20
PREFILL = 8192
STEP = 2048


def llama(hidden, layers, heads, inner, vocabulary):
    return LlamaConfig(
        hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=heads,
        intermediate_size=inner, vocab_size=vocabulary, max_position_embeddings=16384)


MODELS = {
    "phi-2": PhiConfig(
        hidden_size=2560, num_hidden_layers=32, num_attention_heads=32, intermediate_size=10240,
        vocab_size=51200, max_position_embeddings=16384, partial_rotary_factor=0.4),
    "llama2-7b": llama(4096, 32, 32, 11008, 32000),
    "mistral-7b": MistralConfig(sliding_window=None, max_position_embeddings=32768),
    # Qwen-7B needs code of its own; a Qwen2 of the same shape has the same tensors of weight.
    "qwen-7b": Qwen2Config(
        hidden_size=4096, num_hidden_layers=32, num_attention_heads=32, num_key_value_heads=32,
        intermediate_size=11008, vocab_size=151936, max_position_embeddings=32768),
    "llama2-13b": llama(5120, 40, 40, 13824, 32000),
    "codellama-13b": llama(5120, 40, 40, 13824, 32016),
}


def of_this_process():
    """What the driver says that this process takes, in bytes."""
    said = subprocess.run(
        ["nvidia-smi", "--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"],
        capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        pid, mebibytes = line.split(",")
        if int(pid) == os.getpid():
            return int(mebibytes) * MIB
    return 0


def allocated():
    torch.cuda.synchronize()
    return torch.cuda.memory_allocated()


def measure(name):
    config = MODELS[name]
    torch.empty(1, device="cuda")
    context = of_this_process() - torch.cuda.memory_reserved()
    torch.set_default_dtype(torch.bfloat16)
    with torch.device("cuda"):
        model = AutoModelForCausalLM.from_config(config, attn_implementation="sdpa").eval()
    gc.collect()
    torch.cuda.empty_cache()
    bytes_of_tensors = sum(it.numel() * it.element_size() for it in model.parameters())
    weights = allocated()
    weights_reserved = torch.cuda.memory_reserved()
    with torch.inference_mode():
        cache = transformers.DynamicCache()
        kv = []
        for at in range(0, PREFILL, STEP):
            tokens = torch.randint(0, config.vocab_size, (1, STEP), device="cuda")
            before = allocated()
            model(tokens, past_key_values=cache, use_cache=True, logits_to_keep=1)
            gc.collect()
            kv.append((allocated() - before) / STEP)
        del cache
        gc.collect()
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
        tokens = torch.randint(0, config.vocab_size, (1, PREFILL), device="cuda")
        floor = allocated()
        model(tokens, use_cache=False, logits_to_keep=1)
        torch.cuda.synchronize()
        activations = torch.cuda.max_memory_allocated() - floor
        whole = of_this_process()
        fragments = torch.cuda.max_memory_reserved() - torch.cuda.max_memory_allocated()
    heads = config.num_key_value_heads or config.num_attention_heads
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return {
        "model": name,
        "tensors": bytes_of_tensors,
        "weights": weights,
        "weightsReserved": weights_reserved,
        "context": context,
        "kvPlanned": 2 * config.num_hidden_layers * heads * size * 2,
        "kvMeasured": sorted(kv)[len(kv) // 2],
        "activations": activations,
        "fragments": fragments,
        "process": whole,
    }


def main():
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
        return
    print(f"{torch.cuda.get_device_name(0)}, PyTorch {torch.__version__}, transformers {transformers.__version__}\n")
    print("| model | tensors | once loaded, to tensors | KV per token, measured to planned | context | activations of "
          f"{PREFILL} tokens | fragments | beside weights, measured | planned | measured to planned |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name in MODELS:
        # Each in a process of its own: what one leaves behind must not count for the next.
        said = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True)
        if said.returncode:
            print(f"| {name} | {said.stderr.strip().splitlines()[-1]} |")
            continue
        it = json.loads(said.stdout.strip().splitlines()[-1])
        padded = it["tensors"] * 1.02
        planned = padded + 2.3 * GIB + padded * 0.05 - it["tensors"]
        beside = it["process"] - it["tensors"]
        print(f"| {name} | {it['tensors'] / GIB:.2f} GiB | {it['weightsReserved'] / it['tensors']:.4f} "
              f"| {it['kvMeasured'] / it['kvPlanned']:.4f} | {it['context'] / MIB:.0f} MiB "
              f"| {it['activations'] / MIB:.0f} MiB | {it['fragments'] / MIB:.0f} MiB | {beside / GIB:.2f} GiB "
              f"| {planned / GIB:.2f} GiB | {beside / planned:.2f} |", flush=True)


if __name__ == "__main__":
    main()
