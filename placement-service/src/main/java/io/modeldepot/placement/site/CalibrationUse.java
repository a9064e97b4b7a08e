package io.modeldepot.placement.site;

/** What measurements are for. */
public enum CalibrationUse {
  /** They are shown beside what was planned; plans are made by the documented constants. */
  SHOWN,
  /** Plans are made by them. A model whose share changes by that is started again, once. */
  USED
}
