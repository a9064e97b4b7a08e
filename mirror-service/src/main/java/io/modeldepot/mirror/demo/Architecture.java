package io.modeldepot.mirror.demo;

import java.util.ArrayList;
import java.util.List;

/** The tensors of the three kinds of model in the catalog, named as their published weights are. */
enum Architecture {
  /** Llama, CodeLlama and Mistral. */
  LLAMA {
    @Override
    List<TensorPlan> tensors(Width w) {
      List<TensorPlan> all = new ArrayList<>();
      all.add(TensorPlan.of("model.embed_tokens.weight", Width.VOCABULARY, w.hidden()));
      for (int i = 0; i < w.layers(); i++) {
        String layer = "model.layers." + i + ".";
        all.add(TensorPlan.of(layer + "input_layernorm.weight", w.hidden()));
        all.add(TensorPlan.of(layer + "mlp.down_proj.weight", w.hidden(), w.inner()));
        all.add(TensorPlan.of(layer + "mlp.gate_proj.weight", w.inner(), w.hidden()));
        all.add(TensorPlan.of(layer + "mlp.up_proj.weight", w.inner(), w.hidden()));
        all.add(TensorPlan.of(layer + "post_attention_layernorm.weight", w.hidden()));
        all.add(TensorPlan.of(layer + "self_attn.k_proj.weight", w.keyValue(), w.hidden()));
        all.add(TensorPlan.of(layer + "self_attn.o_proj.weight", w.hidden(), w.hidden()));
        all.add(TensorPlan.of(layer + "self_attn.q_proj.weight", w.hidden(), w.hidden()));
        all.add(TensorPlan.of(layer + "self_attn.v_proj.weight", w.keyValue(), w.hidden()));
      }
      all.add(TensorPlan.of("model.norm.weight", w.hidden()));
      all.add(TensorPlan.of("lm_head.weight", Width.VOCABULARY, w.hidden()));
      return all;
    }
  },
  PHI {
    @Override
    List<TensorPlan> tensors(Width w) {
      List<TensorPlan> all = new ArrayList<>();
      all.add(TensorPlan.of("model.embed_tokens.weight", Width.VOCABULARY, w.hidden()));
      for (int i = 0; i < w.layers(); i++) {
        String layer = "model.layers." + i + ".";
        withBias(all, layer + "input_layernorm", w.hidden());
        withBias(all, layer + "mlp.fc1", w.inner(), w.hidden());
        withBias(all, layer + "mlp.fc2", w.hidden(), w.inner());
        withBias(all, layer + "self_attn.dense", w.hidden(), w.hidden());
        withBias(all, layer + "self_attn.k_proj", w.keyValue(), w.hidden());
        withBias(all, layer + "self_attn.q_proj", w.hidden(), w.hidden());
        withBias(all, layer + "self_attn.v_proj", w.keyValue(), w.hidden());
      }
      withBias(all, "model.final_layernorm", w.hidden());
      withBias(all, "lm_head", Width.VOCABULARY, w.hidden());
      return all;
    }
  },
  QWEN {
    @Override
    List<TensorPlan> tensors(Width w) {
      List<TensorPlan> all = new ArrayList<>();
      all.add(TensorPlan.of("transformer.wte.weight", Width.VOCABULARY, w.hidden()));
      for (int i = 0; i < w.layers(); i++) {
        String layer = "transformer.h." + i + ".";
        withBias(all, layer + "attn.c_attn", w.hidden() + 2 * w.keyValue(), w.hidden());
        all.add(TensorPlan.of(layer + "attn.c_proj.weight", w.hidden(), w.hidden()));
        all.add(TensorPlan.of(layer + "ln_1.weight", w.hidden()));
        all.add(TensorPlan.of(layer + "ln_2.weight", w.hidden()));
        all.add(TensorPlan.of(layer + "mlp.c_proj.weight", w.hidden(), w.inner()));
        all.add(TensorPlan.of(layer + "mlp.w1.weight", w.inner(), w.hidden()));
        all.add(TensorPlan.of(layer + "mlp.w2.weight", w.inner(), w.hidden()));
      }
      all.add(TensorPlan.of("transformer.ln_f.weight", w.hidden()));
      all.add(TensorPlan.of("lm_head.weight", Width.VOCABULARY, w.hidden()));
      return all;
    }
  };

  /** Every tensor, in the order in which they are stored. */
  abstract List<TensorPlan> tensors(Width width);

  private static void withBias(List<TensorPlan> all, String name, Integer... shape) {
    all.add(TensorPlan.of(name + ".bias", shape[0]));
    all.add(TensorPlan.of(name + ".weight", shape));
  }
}
