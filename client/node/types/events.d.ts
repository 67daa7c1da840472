// The types of the vocabulary: X is the data of a type x, XEvent an event that
// can be appended. Made by client/generate-types from `accrue schema --json`; do not edit.

import type { Envelope } from './envelope.js';

/** Part of the data of events. */
export interface AllocLine {
  /** amount, fen */
  amount_fen: number;
  /** number of the obligation with its owner */
  no: number;
  /** owner of the obligation, kind/id; plain means contract */
  owner: string;
}

/** Part of the data of events. */
export interface ContractChanges {
  /** number printed on the contract */
  contract_no?: string;
  /** department that handles it */
  department?: string;
  /** expected effect on which a fee depends */
  effect?: Effect;
  /** field of technology */
  field?: 'electronics' | 'aerospace' | 'adv_manufacturing' | 'bio_medical' | 'new_materials' | 'new_energy' | 'environment' | 'nuclear' | 'agriculture' | 'transport' | 'urban_social';
  /** kind of licence; ordinary when silent */
  grant?: 'exclusive' | 'sole' | 'ordinary' | 'cross' | 'open' | 'pool';
  /** guarantors */
  guarantors?: string[];
  /** kind of intellectual property */
  ip_kind?: 'none' | 'know_how' | 'invention' | 'utility_model' | 'design' | 'software' | 'ic_layout' | 'plant_variety' | 'bio_medicine' | 'patent_application' | 'other';
  /** late interest; absent: none */
  late?: LateTerm;
  /** milestones of the contract */
  milestones?: Milestone[];
  /** what happens to later dues when the right is invalidated */
  on_invalid?: 'stop' | 'survive';
  /** who operates it */
  operator?: string;
  /** framework contract */
  parent?: string;
  /** way of paying */
  pay_mode?: 'free' | 'lump' | 'instalment' | 'deferred' | 'conditional' | 'milestone' | 'royalty' | 'entry_plus_royalty' | 'equity' | 'pending' | 'mixed' | 'other';
  /** the pledgee has consented */
  pledgee_consent?: boolean;
  /** public programme it comes from */
  program?: 'national' | 'ministry' | 'province' | 'city_county' | 'none';
  /** other numbers under which it is known */
  refs?: string[];
  /** rounding; half_up by default */
  round?: 'half_up' | 'half_even' | 'down';
  /** royalty terms */
  royalty?: RoyaltyTerm;
  /** subtype of the contract */
  subtype?: 'commissioned' | 'cooperative' | 'patent' | 'patent_application' | 'know_how' | 'other_ip' | 'general' | 'training' | 'intermediary';
  /** own labels: name = value */
  tags?: Record<string, string>;
  /** technologies */
  technologies?: string[];
  /** last day of the term, YYYY-MM-DD */
  term_end?: string;
  /** first day of the term, YYYY-MM-DD */
  term_start?: string;
  /** territory */
  territory?: string;
  /** title */
  title?: string;
  /** how firm the total is */
  total_basis?: 'fixed' | 'estimated' | 'undetermined';
  /** total, fen */
  total_fen?: number;
  /** free trial */
  trial?: Trial;
  /** type of contract */
  type?: 'development' | 'transfer' | 'license' | 'consulting' | 'service';
}

/** Part of the data of events. */
export interface Deduction {
  /** amount, fen */
  amount_fen: number;
  /** packing, freight, tax, advertising, trade discount or other */
  kind: string;
}

/** Part of the data of events. */
export interface Doc {
  /** size of the paper */
  bytes?: number;
  /** kind of paper: contract, certificate, receipt, report */
  kind?: string;
  /** name */
  name?: string;
  /** SHA-256 of the paper */
  sha256: string;
}

/** Part of the data of events. */
export interface Due {
  /** day it counts from: date, sign, effective, term_end, delivery, acceptance, milestone:ID, evaluation, trial_end, convert, period_end, statement */
  base: string;
  /** the day, with base date, YYYY-MM-DD; required if base is date */
  date?: string;
  /** number of units after the base */
  n?: number;
  /** what a day off does; following by default */
  roll?: 'following' | 'none';
  /** d, m or y; d by default */
  unit?: 'd' | 'm' | 'y';
}

/** Part of the data of events. */
export interface Effect {
  /** day by which it should be evaluated, YYYY-MM-DD */
  by?: string;
  /** what must be reached */
  criterion: string;
  /** who evaluates */
  evaluator?: string;
}

/** Part of the data of events. */
export interface LateTerm {
  /** what a payment takes first; interest_first by default */
  alloc?: 'interest_first' | 'principal_first';
  /** late interest a year, simple, ppm */
  annual_ppm?: number;
  /** upper limit of late interest, share of the scheduled amount, ppm */
  cap_ppm_of_principal?: number;
  /** late interest a day, simple, ppm */
  daily_ppm?: number;
  /** days of a year for annual rates */
  day_count?: 'act365' | 'act360';
  /** late interest as a multiple of the one-year loan prime rate; 1,500,000 = 1.5 times, ppm */
  lpr_x_ppm?: number;
}

/** Part of the data of events. */
export interface Milestone {
  /** what must be reached */
  criterion?: string;
  /** planned day, YYYY-MM-DD */
  due?: string;
  /** id of the milestone */
  id: string;
  /** title */
  title?: string;
}

/** Part of the data of events. */
export interface MoneyLine {
  /** amount, fen */
  amount_fen: number;
  /** the party */
  party: string;
}

/** Part of the data of events. */
export interface ObligationChanges {
  /** new obligations */
  add?: ObligationTerm[];
  /** numbers of obligations that are cancelled */
  cancel?: number[];
  /** obligations with new terms, by number */
  replace?: ObligationTerm[];
}

/** Part of the data of events. */
export interface ObligationRef {
  /** number of the obligation with its owner */
  no: number;
  /** owner of the obligation, kind/id; plain means contract */
  owner: string;
}

/** Part of the data of events. */
export interface ObligationTerm {
  /** first day that the sum pays for, for prorate, YYYY-MM-DD */
  accrual_from?: string;
  /** last day that the sum pays for, YYYY-MM-DD */
  accrual_to?: string;
  /** amount; null: not known yet, fen */
  amount_fen: number | null;
  /** what it waits for: none, effect, milestone:ID, convert, first_sale */
  condition?: string;
  /** who is owed */
  creditor: string;
  /** who owes */
  debtor: string;
  /** when it falls due; absent: no date */
  due?: Due;
  /** kind of sum */
  kind: 'lump' | 'instalment' | 'entry_fee' | 'milestone' | 'conditional' | 'royalty' | 'min_royalty' | 'deposit' | 'expense' | 'penalty' | 'interest' | 'commission' | 'premium' | 'distribution' | 'restitution' | 'purchase_price';
  /** number of the obligation with its owner */
  no: number;
  /** what termination does to it; extinguish by default */
  on_termination?: 'survive' | 'extinguish' | 'prorate';
}

/** Part of the data of events. */
export interface OpenRoyalty {
  /** what the rate applies to */
  base: 'units' | 'gross_sales' | 'net_sales' | 'new_output' | 'profit';
  /** rate, ppm */
  rate_ppm: number;
}

/** Part of the data of events. */
export interface PartyChanges {
  /** other names, former names */
  aliases?: string[];
  /** country code, three digits; 156 is China */
  country?: string;
  /** recognised high-tech enterprise */
  hi_tech?: boolean;
  /** kind of party, where the legal code is not known */
  kind?: 'gov' | 'institute' | 'university' | 'medical' | 'inst_other' | 'assoc' | 'ent_domestic' | 'ent_hmt' | 'ent_foreign' | 'ind_business' | 'natural' | 'overseas_org';
  /** legal code of the registration form, three digits */
  legal_code?: string;
  /** name */
  name?: string;
  /** party that it belongs to */
  parent?: string;
  /** six digits of GB/T 2260; 000000 abroad */
  region?: string;
  /** size of the enterprise */
  size?: 'large' | 'medium' | 'small' | 'micro';
  /** technology-based small or medium enterprise */
  sme_tech?: boolean;
  /** staff number */
  staff_no?: string;
  /** unified social credit code, 18 characters */
  uscc?: string;
  /** development zone */
  zone?: string;
}

/** Part of the data of events. */
export interface PartyShare {
  /** the party */
  party: string;
  /** share, ppm */
  share_ppm: number;
}

/** Part of the data of events. */
export interface Period {
  /** last day, inclusive, YYYY-MM-DD */
  end: string;
  /** first day, YYYY-MM-DD */
  start: string;
}

/** Part of the data of events. */
export interface PolicyChanges {
  /** who is paid by the insurer */
  beneficiary?: string;
  /** contracts covered */
  contracts?: string[];
  /** share of the loss that is paid, ppm */
  cover_ppm?: number;
  /** loss that the insured bears, fen */
  deductible_fen?: number;
  /** first day, YYYY-MM-DD */
  from?: string;
  /** insured parties */
  insured?: string[];
  /** premium, fen */
  premium_fen?: number;
  /** premium borne by a public body, fen */
  subsidy_fen?: number;
  /** sum insured, fen */
  sum_fen?: number;
  /** technologies */
  technologies?: string[];
  /** last day, inclusive, YYYY-MM-DD */
  to?: string;
}

/** Part of the data of events. */
export interface RoyaltyTerm {
  /** what the rate applies to */
  base: 'units' | 'gross_sales' | 'net_sales' | 'new_output' | 'profit';
  /** upper limit of all royalties, fen */
  cap_life_fen?: number;
  /** upper limit of a contract year, fen */
  cap_year_fen?: number;
  /** the entry fee counts against royalties */
  entry_creditable?: boolean;
  /** minimum royalty of a contract year, fen */
  min_year_fen?: number;
  /** days from statement to payment */
  pay_days?: number;
  /** period of a report */
  period: 'month' | 'quarter' | 'half' | 'year';
  /** days from period end to report */
  report_days?: number;
  /** over what tiers add up; contract_year by default */
  tier_scope?: 'contract_year' | 'period' | 'lifetime';
  /** tiers, upwards */
  tiers?: Tier[];
  /** rates by contract year, rising or falling, ppm */
  year_rates_ppm?: number[];
}

/** Part of the data of events. */
export interface TechnologyChanges {
  /** asking price, fen */
  ask_fen?: number;
  /** way of paying that is asked for */
  ask_mode?: 'free' | 'lump' | 'instalment' | 'deferred' | 'conditional' | 'milestone' | 'royalty' | 'entry_plus_royalty' | 'equity' | 'pending' | 'mixed' | 'other';
  /** field of technology */
  field?: 'electronics' | 'aerospace' | 'adv_manufacturing' | 'bio_medical' | 'new_materials' | 'new_energy' | 'environment' | 'nuclear' | 'agriculture' | 'transport' | 'urban_social';
  /** day of filing, YYYY-MM-DD */
  filed?: string;
  /** day of the grant, YYYY-MM-DD */
  granted?: string;
  /** inventors */
  inventors?: string[];
  /** number of the patent or application */
  patent_no?: string;
  /** public programme it comes from */
  program?: 'national' | 'ministry' | 'province' | 'city_county' | 'none';
  /** project it comes from */
  project?: string;
  /** title */
  title?: string;
  /** technology readiness level, 1 to 9 */
  trl?: number;
}

/** Part of the data of events. */
export interface Tier {
  /** royalty a unit, fen */
  per_unit_fen?: number;
  /** rate, ppm */
  rate_ppm?: number;
  /** upper end of the tier; null: no end, fen */
  upto_fen?: number | null;
}

/** Part of the data of events. */
export interface Trial {
  /** last day, inclusive, YYYY-MM-DD */
  end?: string;
  /** what silence at the end means; pending by default */
  on_silence?: 'pending' | 'convert' | 'decline';
  /** first day, YYYY-MM-DD */
  start?: string;
}

/** A day is a holiday, or a working day in spite of the weekend. (日历标记) */
export interface CalendarDayMarked {
  /** the day, YYYY-MM-DD */
  day: string;
  /** holiday or workday */
  kind: 'holiday' | 'workday';
}

export interface CalendarDayMarkedEvent extends Envelope {
  type: 'calendar.day_marked';
  data: CalendarDayMarked;
}

/** The insurer approves an amount. (核定) */
export interface ClaimAdjusted {
  /** amount that the insurer approves, fen */
  approved_fen: number;
}

export interface ClaimAdjustedEvent extends Envelope {
  type: 'claim.adjusted';
  data: ClaimAdjusted;
}

/** A third party determines what happened. (第三方认定) */
export interface ClaimDetermined {
  /** assessor */
  by: string;
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** who recognises the assessor */
  recognised_by: 'ip_authority' | 'insurer';
  /** what was found */
  verdict: 'cannot_implement' | 'conversion_failed' | 'implementable';
}

export interface ClaimDeterminedEvent extends Envelope {
  type: 'claim.determined';
  data: ClaimDetermined;
}

/** A loss is claimed. (索赔) */
export interface ClaimFiled {
  /** the claim; may be left out, agg holds it */
  claim_id?: string;
  /** day of the insured event, YYYY-MM-DD */
  event_date: string;
  /** loss claimed, fen */
  loss_fen: number;
  /** the policy */
  policy: string;
}

export interface ClaimFiledEvent extends Envelope {
  type: 'claim.filed';
  data: ClaimFiled;
}

/** The insurer pays. (赔付) */
export interface ClaimPaid {
  /** amount, fen */
  amount_fen: number;
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** who received the money */
  payee: string;
  /** the insurer takes over the claim */
  subrogates?: boolean;
}

export interface ClaimPaidEvent extends Envelope {
  type: 'claim.paid';
  data: ClaimPaid;
}

/** The insurer recovers money. (追偿) */
export interface ClaimRecovered {
  /** amount, fen */
  amount_fen: number;
  /** party that paid it back */
  from: string;
}

export interface ClaimRecoveredEvent extends Envelope {
  type: 'claim.recovered';
  data: ClaimRecovered;
}

/** The insurer rejects the claim. (拒赔) */
export interface ClaimRejected {
  /** day of the notice, YYYY-MM-DD */
  notice_date: string;
  /** reason */
  reason: string;
}

export interface ClaimRejectedEvent extends Envelope {
  type: 'claim.rejected';
  data: ClaimRejected;
}

/** A broker is promised a commission; by default each side bears half. (佣金约定) */
export interface CommissionAgreed {
  /** amount, fen */
  amount_fen?: number;
  /** what the rate applies to, or a fixed amount */
  basis: 'total' | 'received' | 'fixed';
  /** intermediary */
  broker: string;
  /** upper limit, fen */
  cap_fen?: number;
  /** the contract */
  contract?: string;
  /** the match */
  match?: string;
  /** who bears the commission; halves by default */
  payers?: PartyShare[];
  /** rate, ppm */
  rate_ppm?: number;
}

export interface CommissionAgreedEvent extends Envelope {
  type: 'commission.agreed';
  data: CommissionAgreed;
}

/** Terms change by agreement. (变更) */
export interface ContractAmended {
  /** number of the amendment */
  amend_no: string;
  /** terms that change, at least one */
  changes: ContractChanges;
  /** change of the contract's total, fen */
  delta_total_fen?: number;
  /** obligations that are added, cancelled, replaced */
  obligations?: ObligationChanges;
}

export interface ContractAmendedEvent extends Envelope {
  type: 'contract.amended';
  data: ContractAmended;
}

/** The contract is performed; what is owed stays owed. (履行完毕) */
export interface ContractCompleted {
  /** day of acceptance, YYYY-MM-DD */
  accepted_on?: string;
}

export interface ContractCompletedEvent extends Envelope {
  type: 'contract.completed';
  data: ContractCompleted;
}

/** A contract is being negotiated; nothing is owed. (洽谈) */
export interface ContractDrafted {
  /** number printed on the contract */
  contract_no?: string;
  /** department that handles it */
  department?: string;
  /** estimated amount, fen */
  est_fen?: number;
  /** guarantors */
  guarantors?: string[];
  /** who operates it */
  operator?: string;
  /** parties that negotiate */
  parties?: string[];
  /** the pledgee has consented */
  pledgee_consent?: boolean;
  /** other numbers under which it is known */
  refs?: string[];
  /** own labels: name = value */
  tags?: Record<string, string>;
  /** territory */
  territory?: string;
  /** title */
  title?: string;
  /** type of contract */
  type?: 'development' | 'transfer' | 'license' | 'consulting' | 'service';
}

export interface ContractDraftedEvent extends Envelope {
  type: 'contract.drafted';
  data: ContractDrafted;
}

/** A licence is filed: effective EE01, changed EM01, cancelled EC01. (许可备案) */
export interface ContractFiled {
  /** what is filed */
  action: 'effective' | 'changed' | 'cancelled';
  /** number of the filing */
  filing_no: string;
}

export interface ContractFiledEvent extends Envelope {
  type: 'contract.filed';
  data: ContractFiled;
}

/** One side is taken over by another party, open obligations with it. (概括转让) */
export interface ContractNovated {
  /** party that leaves */
  from: string;
  /** side that changes */
  role: 'seller' | 'buyer';
  /** party that takes its place */
  to: string;
}

export interface ContractNovatedEvent extends Envelope {
  type: 'contract.novated';
  data: ContractNovated;
}

/** The contract is registered and counts in the statistics. (认定登记) */
export interface ContractRegistered {
  /** registration office */
  agency: string;
  /** equipment, instruments, parts, raw material in the total, fen */
  equipment_fen?: number;
  /** way of paying on the registration form */
  pay_form?: 'once' | 'instalment' | 'royalty' | 'other';
  /** day of registration, YYYY-MM-DD */
  reg_date: string;
  /** registration number, 14 or 16 digits */
  reg_no: string;
  /** part of the total paid for technology, fen */
  tech_fen: number;
  /** total, fen */
  total_fen: number;
  /** type of contract */
  type: 'development' | 'transfer' | 'license' | 'consulting' | 'service';
}

export interface ContractRegisteredEvent extends Envelope {
  type: 'contract.registered';
  data: ContractRegistered;
}

/** Registration is applied for; the clock of 15 or 30 working days starts. (申请登记) */
export interface ContractRegistrationApplied {
  /** registration office */
  agency: string;
  /** who applies: a domestic seller, or a buyer when all sellers are abroad */
  applicant: string;
  /** the day it happened, YYYY-MM-DD */
  on: string;
}

export interface ContractRegistrationAppliedEvent extends Envelope {
  type: 'contract.registration_applied';
  data: ContractRegistrationApplied;
}

/** Registered figures change. (变更登记) */
export interface ContractRegistrationChanged {
  /** equipment, instruments, parts, raw material in the total, fen */
  equipment_fen?: number;
  /** part of the total paid for technology, fen */
  tech_fen?: number;
  /** total, fen */
  total_fen?: number;
  /** type of contract */
  type?: 'development' | 'transfer' | 'license' | 'consulting' | 'service';
}

export interface ContractRegistrationChangedEvent extends Envelope {
  type: 'contract.registration_changed';
  data: ContractRegistrationChanged;
}

/** Registration is refused. (不予登记) */
export interface ContractRegistrationRejected {
  /** reason */
  reason: string;
}

export interface ContractRegistrationRejectedEvent extends Envelope {
  type: 'contract.registration_rejected';
  data: ContractRegistrationRejected;
}

/** The registration is cancelled. (注销登记) */
export interface ContractRegistrationRevoked {
  /** reason */
  reason: string;
}

export interface ContractRegistrationRevokedEvent extends Envelope {
  type: 'contract.registration_revoked';
  data: ContractRegistrationRevoked;
}

/** Performance goes on. (恢复) */
export interface ContractResumed {
  /** reason */
  reason?: string;
}

export interface ContractResumedEvent extends Envelope {
  type: 'contract.resumed';
  data: ContractResumed;
}

/** A contract is signed. (签订) */
export interface ContractSigned {
  /** buyers or licensees; shares sum to 1,000,000 */
  buyers: PartyShare[];
  /** number printed on the contract */
  contract_no?: string;
  /** currency, ISO 4217 */
  currency: string;
  /** department that handles it */
  department?: string;
  /** expected effect on which a fee depends */
  effect?: Effect;
  /** when the contract takes effect */
  effective_rule: 'immediate' | 'approval' | 'payment';
  /** field of technology */
  field: 'electronics' | 'aerospace' | 'adv_manufacturing' | 'bio_medical' | 'new_materials' | 'new_energy' | 'environment' | 'nuclear' | 'agriculture' | 'transport' | 'urban_social';
  /** kind of licence; ordinary when silent */
  grant?: 'exclusive' | 'sole' | 'ordinary' | 'cross' | 'open' | 'pool';
  /** guarantors */
  guarantors?: string[];
  /** kind of intellectual property */
  ip_kind: 'none' | 'know_how' | 'invention' | 'utility_model' | 'design' | 'software' | 'ic_layout' | 'plant_variety' | 'bio_medicine' | 'patent_application' | 'other';
  /** late interest; absent: none */
  late?: LateTerm;
  /** milestones of the contract */
  milestones?: Milestone[];
  /** sums that are owed */
  obligations?: ObligationTerm[];
  /** what happens to later dues when the right is invalidated */
  on_invalid?: 'stop' | 'survive';
  /** who operates it */
  operator?: string;
  /** how the contract came about */
  origin?: 'direct' | 'match' | 'open' | 'pool' | 'listing' | 'auction';
  /** the match, pool or listing it comes from */
  origin_ref?: string;
  /** framework contract */
  parent?: string;
  /** way of paying */
  pay_mode: 'free' | 'lump' | 'instalment' | 'deferred' | 'conditional' | 'milestone' | 'royalty' | 'entry_plus_royalty' | 'equity' | 'pending' | 'mixed' | 'other';
  /** the pledgee has consented */
  pledgee_consent?: boolean;
  /** public programme it comes from */
  program?: 'national' | 'ministry' | 'province' | 'city_county' | 'none';
  /** other numbers under which it is known */
  refs?: string[];
  /** rounding; half_up by default */
  round?: 'half_up' | 'half_even' | 'down';
  /** royalty terms */
  royalty?: RoyaltyTerm;
  /** sellers or licensors; shares sum to 1,000,000 */
  sellers: PartyShare[];
  /** day of signing, YYYY-MM-DD */
  sign_date: string;
  /** subtype of the contract */
  subtype?: 'commissioned' | 'cooperative' | 'patent' | 'patent_application' | 'know_how' | 'other_ip' | 'general' | 'training' | 'intermediary';
  /** own labels: name = value */
  tags?: Record<string, string>;
  /** technologies */
  technologies?: string[];
  /** last day of the term, YYYY-MM-DD */
  term_end?: string;
  /** first day of the term, YYYY-MM-DD */
  term_start: string;
  /** territory */
  territory?: string;
  /** title */
  title: string;
  /** how firm the total is */
  total_basis: 'fixed' | 'estimated' | 'undetermined';
  /** total; null or absent: not known yet, fen */
  total_fen?: number | null;
  /** free trial */
  trial?: Trial;
  /** type of contract */
  type: 'development' | 'transfer' | 'license' | 'consulting' | 'service';
}

export interface ContractSignedEvent extends Envelope {
  type: 'contract.signed';
  data: ContractSigned;
}

/** Performance is suspended. (中止) */
export interface ContractSuspended {
  /** reason */
  reason?: string;
}

export interface ContractSuspendedEvent extends Envelope {
  type: 'contract.suspended';
  data: ContractSuspended;
}

/** The contract is ended before its time. (解除) */
export interface ContractTerminated {
  /** ground */
  basis: 'agreed' | 'breach' | 'force_majeure' | 'failure' | 'tech_public';
  /** party that ends it */
  by?: string;
  /** day on which the contract ends, YYYY-MM-DD */
  eff_date: string;
  /** day of the notice, YYYY-MM-DD */
  notice_date?: string;
}

export interface ContractTerminatedEvent extends Envelope {
  type: 'contract.terminated';
  data: ContractTerminated;
}

/** A signed contract takes effect. (生效) */
export interface ContractTookEffect {
  /** reason */
  reason?: string;
}

export interface ContractTookEffectEvent extends Envelope {
  type: 'contract.took_effect';
  data: ContractTookEffect;
}

/** A court or body finds it void. (无效) */
export interface ContractVoided {
  /** day of the ruling, YYYY-MM-DD */
  date: string;
  /** ruling or decision */
  ruling: string;
}

export interface ContractVoidedEvent extends Envelope {
  type: 'contract.voided';
  data: ContractVoided;
}

/** The agreed effect is judged. (效果评价) */
export interface EffectEvaluated {
  /** how the verdict came about */
  basis?: 'tested' | 'agreed' | 'adjudged' | 'deemed_159';
  /** who evaluates */
  evaluator: string;
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** share that counts as reached, ppm; required if verdict is partial */
  share_ppm?: number;
  /** verdict */
  verdict: 'reached' | 'not_reached' | 'partial';
}

export interface EffectEvaluatedEvent extends Envelope {
  type: 'effect.evaluated';
  data: EffectEvaluated;
}

/** Technology is contributed for shares. (股权登记) */
export interface EquityIssued {
  /** the company */
  company: string;
  /** the contract */
  contract?: string;
  /** shareholders and shares */
  holders?: PartyShare[];
  /** source */
  source?: string;
  /** value of the company, fen */
  valuation_fen: number;
}

export interface EquityIssuedEvent extends Envelope {
  type: 'equity.issued';
  data: EquityIssued;
}

/** Takes back exactly what another event wrote. (冲正) */
export interface EventReversed {
  /** id of the event to reverse */
  event_id: string;
  /** reason */
  reason: string;
}

export interface EventReversedEvent extends Envelope {
  type: 'event.reversed';
  data: EventReversed;
}

/** Late interest is assessed as an obligation of its own. (逾期利息) */
export interface InterestAssessed {
  /** the parties agreed on this figure though it differs from the computed one */
  agreed?: boolean;
  /** amount, fen */
  amount_fen: number;
  /** number of the obligation that is late */
  of: number;
  /** last day that bears interest, YYYY-MM-DD */
  upto: string;
}

export interface InterestAssessedEvent extends Envelope {
  type: 'interest.assessed';
  data: InterestAssessed;
}

/** An invoice is cancelled; its number stays used. (作废) */
export interface InvoiceCancelled {
  /** number of the invoice */
  invoice_no: string;
  /** who issues the invoice */
  issuer: string;
  /** reason */
  reason: string;
}

export interface InvoiceCancelledEvent extends Envelope {
  type: 'invoice.cancelled';
  data: InvoiceCancelled;
}

/** An invoice is issued; no effect on the ledger. (开票) */
export interface InvoiceIssued {
  /** amount, fen */
  amount_fen: number;
  /** number of the invoice */
  invoice_no: string;
  /** who issues the invoice */
  issuer: string;
  /** kind of invoice */
  kind: 'special' | 'ordinary' | 'other';
  /** numbers of the obligations invoiced */
  obligations?: number[];
  /** tax included, fen */
  tax_fen?: number;
}

export interface InvoiceIssuedEvent extends Envelope {
  type: 'invoice.issued';
  data: InvoiceIssued;
}

/** The introduction has a result. (对接结果) */
export interface MatchClosed {
  /** amount, fen */
  amount_fen?: number;
  /** the contract */
  contract?: string;
  /** result */
  outcome: 'signed' | 'framework' | 'failed';
}

export interface MatchClosedEvent extends Envelope {
  type: 'match.closed';
  data: MatchClosed;
}

/** Two parties are introduced. (撮合引荐) */
export interface MatchIntroduced {
  /** intermediary */
  broker?: string;
  /** buyer or licensee */
  buyer: string;
  /** the need */
  need?: string;
  /** seller or licensor */
  seller: string;
  /** the technology */
  technology?: string;
}

export interface MatchIntroducedEvent extends Envelope {
  type: 'match.introduced';
  data: MatchIntroduced;
}

/** A milestone is missed; what waits for it is extinguished. (里程碑未达成) */
export interface MilestoneMissed {
  /** what proves it */
  evidence?: string;
  /** id of the milestone; delivery, acceptance and first_sale are always known */
  milestone: string;
  /** the day it happened, YYYY-MM-DD */
  on: string;
}

export interface MilestoneMissedEvent extends Envelope {
  type: 'milestone.missed';
  data: MilestoneMissed;
}

/** A milestone is reached; what waits for it falls due. (里程碑达成) */
export interface MilestoneReached {
  /** what proves it */
  evidence?: string;
  /** id of the milestone; delivery, acceptance and first_sale are always known */
  milestone: string;
  /** the day it happened, YYYY-MM-DD */
  on: string;
}

export interface MilestoneReachedEvent extends Envelope {
  type: 'milestone.reached';
  data: MilestoneReached;
}

/** The need is closed. (需求关闭) */
export interface NeedClosed {
  /** reason */
  reason?: string;
}

export interface NeedClosedEvent extends Envelope {
  type: 'need.closed';
  data: NeedClosed;
}

/** Somebody looks for a technology. (需求发布) */
export interface NeedPublished {
  /** open call with a bounty */
  bounty?: boolean;
  /** budget, fen */
  budget_fen?: number;
  /** field of technology */
  field?: 'electronics' | 'aerospace' | 'adv_manufacturing' | 'bio_medical' | 'new_materials' | 'new_energy' | 'environment' | 'nuclear' | 'agriculture' | 'transport' | 'urban_social';
  /** the party */
  party: string;
  /** text */
  text: string;
}

export interface NeedPublishedEvent extends Envelope {
  type: 'need.published';
  data: NeedPublished;
}

/** A note, without effect. (备注) */
export interface NoteAdded {
  /** papers, by hash */
  docs?: Doc[];
  /** the note */
  text: string;
}

export interface NoteAddedEvent extends Envelope {
  type: 'note.added';
  data: NoteAdded;
}

/** The debtor acknowledges an amount. (对账确认) */
export interface ObligationAcknowledged {
  /** amount acknowledged, fen */
  amount_fen: number;
  /** party that acknowledges */
  by: string;
  /** number of the obligation with its owner */
  no: number;
  /** the day it happened, YYYY-MM-DD */
  on: string;
}

export interface ObligationAcknowledgedEvent extends Envelope {
  type: 'obligation.acknowledged';
  data: ObligationAcknowledged;
}

/** An amount is owed to somebody else from now on. (债权转让) */
export interface ObligationAssigned {
  /** amount, fen */
  amount_fen: number;
  /** who is owed from now on */
  new_creditor: string;
  /** number of the obligation with its owner */
  no: number;
  /** how the other side was told */
  notice: string;
}

export interface ObligationAssignedEvent extends Envelope {
  type: 'obligation.assigned';
  data: ObligationAssigned;
}

/** The creditor demands payment. (催告) */
export interface ObligationDemanded {
  /** party that demands */
  by: string;
  /** number of the obligation with its owner */
  no: number;
  /** the day it happened, YYYY-MM-DD */
  on: string;
}

export interface ObligationDemandedEvent extends Envelope {
  type: 'obligation.demanded';
  data: ObligationDemanded;
}

/** The dispute is over. (争议解决) */
export interface ObligationDisputeResolved {
  /** number of the obligation with its owner */
  no: number;
  /** upheld: the debt stands */
  outcome: 'upheld' | 'reduced' | 'cancelled';
  /** amount by which it is reduced, fen; required if outcome is reduced */
  reduce_fen?: number;
}

export interface ObligationDisputeResolvedEvent extends Envelope {
  type: 'obligation.dispute_resolved';
  data: ObligationDisputeResolved;
}

/** Part of it is disputed. (争议) */
export interface ObligationDisputed {
  /** disputed amount, fen */
  amount_fen: number;
  /** number of the obligation with its owner */
  no: number;
}

export interface ObligationDisputedEvent extends Envelope {
  type: 'obligation.disputed';
  data: ObligationDisputed;
}

/** It gets a new due date. (展期) */
export interface ObligationRescheduled {
  /** late interest from the old due date stands */
  keep_interest?: boolean;
  /** new due date, YYYY-MM-DD */
  new_due: string;
  /** number of the obligation with its owner */
  no: number;
}

export interface ObligationRescheduledEvent extends Envelope {
  type: 'obligation.rescheduled';
  data: ObligationRescheduled;
}

/** A sum is owed, or will be when its condition is met. (款项登记) */
export interface ObligationScheduled {
  /** first day that the sum pays for, for prorate, YYYY-MM-DD */
  accrual_from?: string;
  /** last day that the sum pays for, YYYY-MM-DD */
  accrual_to?: string;
  /** amount; null: not known yet, fen */
  amount_fen: number | null;
  /** what it waits for: none, effect, milestone:ID, convert, first_sale */
  condition?: string;
  /** who is owed */
  creditor: string;
  /** who owes */
  debtor: string;
  /** when it falls due; absent: no date */
  due?: Due;
  /** kind of sum */
  kind: 'lump' | 'instalment' | 'entry_fee' | 'milestone' | 'conditional' | 'royalty' | 'min_royalty' | 'deposit' | 'expense' | 'penalty' | 'interest' | 'commission' | 'premium' | 'distribution' | 'restitution' | 'purchase_price';
  /** number of the obligation with its owner */
  no: number;
  /** what termination does to it; extinguish by default */
  on_termination?: 'survive' | 'extinguish' | 'prorate';
}

export interface ObligationScheduledEvent extends Envelope {
  type: 'obligation.scheduled';
  data: ObligationScheduled;
}

/** Set off against a claim of the other side. (抵销) */
export interface ObligationSetOff {
  /** amount, fen */
  amount_fen: number;
  /** number of the obligation with its owner */
  no: number;
  /** how the other side was told */
  notice: string;
  /** own claim that is set off */
  other: ObligationRef;
}

export interface ObligationSetOffEvent extends Envelope {
  type: 'obligation.set_off';
  data: ObligationSetOff;
}

/** The creditor waives an amount. (免除) */
export interface ObligationWaived {
  /** amount waived, fen */
  amount_fen: number;
  /** number of the obligation with its owner */
  no: number;
  /** the debtor refused the waiver */
  refused?: boolean;
}

export interface ObligationWaivedEvent extends Envelope {
  type: 'obligation.waived';
  data: ObligationWaived;
}

/** The creditor writes it off; the debt stands in law. (坏账核销) */
export interface ObligationWrittenOff {
  /** amount, fen */
  amount_fen: number;
  /** number of the obligation with its owner */
  no: number;
  /** reason */
  reason: string;
}

export interface ObligationWrittenOffEvent extends Envelope {
  type: 'obligation.written_off';
  data: ObligationWrittenOff;
}

/** A licensee accepts; this makes a contract. (接受开放许可) */
export interface OpenLicenseAccepted {
  /** id of the contract that this creates */
  contract_id: string;
  /** licensee */
  licensee: string;
  /** day of the notice, YYYY-MM-DD */
  notice_date: string;
}

export interface OpenLicenseAcceptedEvent extends Envelope {
  type: 'open_license.accepted';
  data: OpenLicenseAccepted;
}

/** An open licence is offered to everybody. (开放许可声明) */
export interface OpenLicenseDeclared {
  /** how the open licence is paid */
  fee_mode: 'fixed' | 'royalty' | 'entry_plus_royalty' | 'free';
  /** fixed fee, fen */
  fixed_fen?: number;
  /** the pledgee has consented */
  pledgee_consent?: boolean;
  /** number of the evaluation report */
  report_no?: string;
  /** declared royalty */
  royalty?: OpenRoyalty;
  /** last day of the term, YYYY-MM-DD */
  term_end: string;
}

export interface OpenLicenseDeclaredEvent extends Envelope {
  type: 'open_license.declared';
  data: OpenLicenseDeclared;
}

/** The offer ends; those who accepted keep their licence. (声明撤回) */
export interface OpenLicenseWithdrawn {
  /** day of the notice, YYYY-MM-DD */
  notice_date: string;
}

export interface OpenLicenseWithdrawnEvent extends Envelope {
  type: 'open_license.withdrawn';
  data: OpenLicenseWithdrawn;
}

/** A qualification ends. (资质终止) */
export interface PartyAccreditationEnded {
  /** kind of qualification that ends */
  kind: string;
  /** reason */
  reason?: string;
}

export interface PartyAccreditationEndedEvent extends Envelope {
  type: 'party.accreditation_ended';
  data: PartyAccreditationEnded;
}

/** A qualification begins. (资质认定) */
export interface PartyAccredited {
  /** first day, YYYY-MM-DD */
  from: string;
  /** grade */
  grade?: string;
  /** tech_manager, transfer_body, broker, expert, patent_agency, poc_center, open_innovation_center, assessor, registry or another */
  kind: string;
}

export interface PartyAccreditedEvent extends Envelope {
  type: 'party.accredited';
  data: PartyAccredited;
}

/** The party goes on as another; its id becomes an alias. (主体合并) */
export interface PartyMerged {
  /** party that goes on */
  survivor: string;
}

export interface PartyMergedEvent extends Envelope {
  type: 'party.merged';
  data: PartyMerged;
}

/** A party becomes known. (主体登记) */
export interface PartyRegistered {
  /** other names, former names */
  aliases?: string[];
  /** country code, three digits; 156 is China */
  country?: string;
  /** recognised high-tech enterprise */
  hi_tech?: boolean;
  /** kind of party, where the legal code is not known */
  kind?: 'gov' | 'institute' | 'university' | 'medical' | 'inst_other' | 'assoc' | 'ent_domestic' | 'ent_hmt' | 'ent_foreign' | 'ind_business' | 'natural' | 'overseas_org';
  /** legal code of the registration form, three digits */
  legal_code?: string;
  /** name; of a natural person: personal */
  name: string;
  /** party that it belongs to */
  parent?: string;
  /** the party; may be left out, agg holds it */
  party_id?: string;
  /** six digits of GB/T 2260; 000000 abroad */
  region?: string;
  /** size of the enterprise */
  size?: 'large' | 'medium' | 'small' | 'micro';
  /** technology-based small or medium enterprise */
  sme_tech?: boolean;
  /** staff number */
  staff_no?: string;
  /** unified social credit code, 18 characters */
  uscc?: string;
  /** development zone */
  zone?: string;
}

export interface PartyRegisteredEvent extends Envelope {
  type: 'party.registered';
  data: PartyRegistered;
}

/** Attributes of a party change from the effective date on. (主体变更) */
export interface PartyUpdated {
  /** attributes that change, at least one */
  changed: PartyChanges;
  /** the party; may be left out, agg holds it */
  party_id?: string;
}

export interface PartyUpdatedEvent extends Envelope {
  type: 'party.updated';
  data: PartyUpdated;
}

/** Unapplied credit is applied. (预收核销) */
export interface PaymentApplied {
  /** which obligation gets how much */
  alloc: AllocLine[];
  /** who paid, where the receipt did not say */
  payer?: string;
}

export interface PaymentAppliedEvent extends Envelope {
  type: 'payment.applied';
  data: PaymentApplied;
}

/** Money arrived. (到账) */
export interface PaymentReceived {
  /** which obligation gets how much; absent: the daemon appropriates, []: all is credit */
  alloc?: AllocLine[];
  /** amount received, more than zero, fen */
  amount_fen: number;
  /** reference of the bank; seen before is flagged */
  bank_ref?: string;
  /** currency, ISO 4217 */
  currency: string;
  /** contract that the payer named, a hint */
  for?: string;
  /** who received the money */
  payee: string;
  /** who paid */
  payer?: string;
  /** payer as the bank names it, not yet identified */
  payer_text?: string;
  /** day the money moved, YYYY-MM-DD */
  value_date: string;
}

export interface PaymentReceivedEvent extends Envelope {
  type: 'payment.received';
  data: PaymentReceived;
}

/** Part of the money is paid back. (退款) */
export interface PaymentRefunded {
  /** amount paid back, fen */
  amount_fen: number;
  /** from credit, the default, or from what an obligation got */
  from?: 'credit' | 'obligation';
  /** number of that obligation */
  no?: number;
  /** obligation that it is taken from, with no */
  owner?: string;
  /** what was paid is owed again */
  reopen?: boolean;
}

export interface PaymentRefundedEvent extends Envelope {
  type: 'payment.refunded';
  data: PaymentRefunded;
}

/** The whole payment went back. (付款退回) */
export interface PaymentReturned {
  /** reason */
  reason: string;
  /** day the money went back, YYYY-MM-DD */
  value_date: string;
}

export interface PaymentReturnedEvent extends Envelope {
  type: 'payment.returned';
  data: PaymentReturned;
}

/** Lines of a payment go back to credit. (撤销核销) */
export interface PaymentUnapplied {
  /** lines that are taken back */
  alloc: AllocLine[];
}

export interface PaymentUnappliedEvent extends Envelope {
  type: 'payment.unapplied';
  data: PaymentUnapplied;
}

/** The books of a period are closed. (期间关账) */
export interface PeriodClosed {
  /** what the closing rests on */
  basis_note?: string;
  /** 2024, 2024-Q1 or 2024-03 */
  period: string;
}

export interface PeriodClosedEvent extends Envelope {
  type: 'period.closed';
  data: PeriodClosed;
}

/** A pledge changes. (质押变更) */
export interface PledgeChanged {
  /** who owes */
  debtor?: string;
  /** day the loan falls due, YYYY-MM-DD */
  due?: string;
  /** day of the loan, YYYY-MM-DD */
  loan_date?: string;
  /** loan secured, fen */
  loan_fen?: number;
  /** creditor of the pledge */
  pledgee?: string;
  /** who pledges */
  pledgor?: string;
  /** technologies */
  technologies?: string[];
}

export interface PledgeChangedEvent extends Envelope {
  type: 'pledge.changed';
  data: PledgeChanged;
}

/** The pledge is enforced. (质权实现) */
export interface PledgeEnforced {
  /** proceeds, fen */
  proceeds_fen: number;
}

export interface PledgeEnforcedEvent extends Envelope {
  type: 'pledge.enforced';
  data: PledgeEnforced;
}

/** Part of the loan is repaid. (还款) */
export interface PledgeLoanRepaid {
  /** amount, fen */
  amount_fen: number;
  /** the day it happened, YYYY-MM-DD */
  on: string;
}

export interface PledgeLoanRepaidEvent extends Envelope {
  type: 'pledge.loan_repaid';
  data: PledgeLoanRepaid;
}

/** A pledge is registered; the right begins here. (质押登记) */
export interface PledgeRegistered {
  /** who owes */
  debtor?: string;
  /** day the loan falls due, YYYY-MM-DD */
  due: string;
  /** day of the loan, YYYY-MM-DD */
  loan_date: string;
  /** loan secured, fen */
  loan_fen: number;
  /** number of the registration */
  pledge_no: string;
  /** creditor of the pledge */
  pledgee: string;
  /** who pledges */
  pledgor: string;
  /** technologies */
  technologies: string[];
}

export interface PledgeRegisteredEvent extends Envelope {
  type: 'pledge.registered';
  data: PledgeRegistered;
}

/** The pledge is released. (质押解除) */
export interface PledgeReleased {
  /** the day it happened, YYYY-MM-DD */
  on: string;
}

export interface PledgeReleasedEvent extends Envelope {
  type: 'pledge.released';
  data: PledgeReleased;
}

/** An insurance policy is bound. (承保) */
export interface PolicyBound {
  /** who is paid by the insurer */
  beneficiary?: string;
  /** contracts covered */
  contracts?: string[];
  /** share of the loss that is paid, ppm */
  cover_ppm: number;
  /** loss that the insured bears, fen */
  deductible_fen?: number;
  /** first day, YYYY-MM-DD */
  from: string;
  /** policy holder */
  holder: string;
  /** insured parties */
  insured: string[];
  /** insurer */
  insurer: string;
  /** premium, fen */
  premium_fen: number;
  /** insurance product */
  product: 'impl_failure' | 'performance' | 'comprehensive' | 'infringement' | 'overseas' | 'enforcement';
  /** premium borne by a public body, fen */
  subsidy_fen?: number;
  /** sum insured, fen */
  sum_fen: number;
  /** technologies */
  technologies?: string[];
  /** last day, inclusive, YYYY-MM-DD */
  to: string;
}

export interface PolicyBoundEvent extends Envelope {
  type: 'policy.bound';
  data: PolicyBound;
}

/** A policy is cancelled. (退保) */
export interface PolicyCancelled {
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** premium refunded, fen */
  refund_fen?: number;
}

export interface PolicyCancelledEvent extends Envelope {
  type: 'policy.cancelled';
  data: PolicyCancelled;
}

/** Terms of a policy change. (批改) */
export interface PolicyEndorsed {
  /** terms that change, at least one */
  changes: PolicyChanges;
}

export interface PolicyEndorsedEvent extends Envelope {
  type: 'policy.endorsed';
  data: PolicyEndorsed;
}

/** Money of a period is distributed. (收益分配) */
export interface PoolDistributed {
  /** fee of the administrator, fen */
  admin_fee_fen: number;
  /** money received for the period, fen */
  gross_fen: number;
  /** who gets how much */
  lines: MoneyLine[];
  /** the period, both days inclusive */
  period: Period;
  /** kept back, fen */
  reserve_fen?: number;
}

export interface PoolDistributedEvent extends Envelope {
  type: 'pool.distributed';
  data: PoolDistributed;
}

/** A patent pool is formed. (专利池成立) */
export interface PoolFormed {
  /** administrator of the pool */
  admin: string;
  /** fee of the administrator, share of the gross, ppm */
  admin_fee_ppm?: number;
  /** name */
  name: string;
  /** period of a distribution */
  period?: 'month' | 'quarter' | 'half' | 'year';
}

export interface PoolFormedEvent extends Envelope {
  type: 'pool.formed';
  data: PoolFormed;
}

/** A member joins. (成员加入) */
export interface PoolMemberAdmitted {
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** the party */
  party: string;
}

export interface PoolMemberAdmittedEvent extends Envelope {
  type: 'pool.member_admitted';
  data: PoolMemberAdmitted;
}

/** A member leaves. (成员退出) */
export interface PoolMemberLeft {
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** the party */
  party: string;
}

export interface PoolMemberLeftEvent extends Envelope {
  type: 'pool.member_left';
  data: PoolMemberLeft;
}

/** A patent joins the pool. (专利入池) */
export interface PoolPatentAdmitted {
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** member that brings it in */
  owner: string;
  /** the technology */
  technology: string;
  /** weight, 1,000,000 by default, ppm */
  weight_ppm?: number;
}

export interface PoolPatentAdmittedEvent extends Envelope {
  type: 'pool.patent_admitted';
  data: PoolPatentAdmitted;
}

/** A patent leaves the pool; the first day not counted. (专利出池) */
export interface PoolPatentRemoved {
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** member that it belongs to */
  owner: string;
  /** the technology */
  technology: string;
  /** weight, 1,000,000 by default, ppm */
  weight_ppm?: number;
}

export interface PoolPatentRemovedEvent extends Envelope {
  type: 'pool.patent_removed';
  data: PoolPatentRemoved;
}

/** How money is shared. (分配规则) */
export interface PoolRuleSet {
  /** by patent days or fixed shares */
  basis?: 'patent_days' | 'fixed_shares';
  /** licence fees of the pool */
  fee_schedule?: string;
  /** shares */
  shares?: PartyShare[];
  /** terms */
  terms?: string;
}

export interface PoolRuleSetEvent extends Envelope {
  type: 'pool.rule_set';
  data: PoolRuleSet;
}

/** A rate holds from a day on. (利率汇率) */
export interface RatePublished {
  /** first day, YYYY-MM-DD */
  from: string;
  /** lpr_1y, or fx: and a currency */
  kind: string;
  /** rate in ppm; exchange rates: CNY a main unit, ppm */
  value_ppm: number;
}

export interface RatePublishedEvent extends Envelope {
  type: 'rate.published';
  data: RatePublished;
}

/** Inventors share in the income. (奖酬金) */
export interface RewardPaid {
  /** the contract */
  contract?: string;
  /** form of the reward */
  form?: 'cash' | 'equity';
  /** who gets how much */
  lines: MoneyLine[];
  /** net income of the conversion, fen */
  net_income_fen: number;
}

export interface RewardPaidEvent extends Envelope {
  type: 'reward.paid';
  data: RewardPaid;
}

/** The books were inspected. (查账) */
export interface RoyaltyAudited {
  /** base after the audit */
  corrected_base: number;
  /** the period, both days inclusive */
  period: Period;
  /** owed in addition, or below zero to be credited; absent: computed, fen */
  shortfall_fen?: number;
}

export interface RoyaltyAuditedEvent extends Envelope {
  type: 'royalty.audited';
  data: RoyaltyAudited;
}

/** The royalty of a period is stated. (提成结算单) */
export interface RoyaltyStated {
  /** the parties agreed on this figure though it differs from the computed one */
  agreed?: boolean;
  /** base of the period, after deductions: fen or units */
  base: number;
  /** credits against the royalty: entry fee, minimums paid, fen */
  credits_fen?: number;
  /** day it falls due, YYYY-MM-DD */
  due: string;
  /** royalty less credits, fen */
  due_fen: number;
  /** the period, both days inclusive */
  period: Period;
  /** royalty of the period, after caps, fen */
  royalty_fen: number;
}

export interface RoyaltyStatedEvent extends Envelope {
  type: 'royalty.stated';
  data: RoyaltyStated;
}

/** A figure that somebody published. (公布数据) */
export interface StatisticPublished {
  /** day of publication, YYYY-MM-DD */
  at?: string;
  /** decimals of the published value */
  decimals: number;
  /** what is counted: dimension = value */
  filter?: Record<string, string>;
  /** what is measured */
  metric: string;
  /** annual:2027, cumulative:2024-01-01..2027-12-31 or point:2027-12-31 */
  period?: string;
  /** source */
  source: string;
  /** unit */
  unit?: string;
  /** value without its decimal point */
  value: number;
}

export interface StatisticPublishedEvent extends Envelope {
  type: 'statistic.published';
  data: StatisticPublished;
}

/** Bulk loading is over for good. (导入结束) */
export interface SystemLoadEnded {
}

export interface SystemLoadEndedEvent extends Envelope {
  type: 'system.load_ended';
  data: SystemLoadEnded;
}

/** A set of rules is adopted. (规则启用) */
export interface SystemRulesAdopted {
  /** number of the rules */
  rules: number;
}

export interface SystemRulesAdoptedEvent extends Envelope {
  type: 'system.rules_adopted';
  data: SystemRulesAdopted;
}

/** The daemon started. (系统启动) */
export interface SystemStarted {
  /** release of the daemon */
  release: string;
  /** number of the rules */
  rules: number;
}

export interface SystemStartedEvent extends Envelope {
  type: 'system.started';
  data: SystemStarted;
}

/** A target is revised. (调整目标) */
export interface TargetRevised {
  /** the target; may be left out, agg holds it */
  target_id?: string;
  /** value */
  value: number;
}

export interface TargetRevisedEvent extends Envelope {
  type: 'target.revised';
  data: TargetRevised;
}

/** A target is set. (设定目标) */
export interface TargetSet {
  /** figure at the start of the period */
  baseline?: number;
  /** when the target is met */
  comparator: 'gt' | 'ge' | 'lt' | 'le';
  /** what is counted: dimension = value */
  filter?: Record<string, string>;
  /** what is measured */
  metric: string;
  /** annual:2027, cumulative:2024-01-01..2027-12-31 or point:2027-12-31 */
  period: string;
  /** the target; may be left out, agg holds it */
  target_id?: string;
  /** unit */
  unit?: string;
  /** value */
  value: number;
}

export interface TargetSetEvent extends Envelope {
  type: 'target.set';
  data: TargetSet;
}

/** It is put to use. (实施转化) */
export interface TechnologyCommercialized {
  /** the contract */
  contract?: string;
  /** way of conversion */
  mode: 'self' | 'transfer' | 'license' | 'cooperate' | 'equity' | 'other';
  /** status */
  status?: 'started' | 'done';
}

export interface TechnologyCommercializedEvent extends Envelope {
  type: 'technology.commercialized';
  data: TechnologyCommercialized;
}

/** An operator takes it under management. (受托运营) */
export interface TechnologyEntrusted {
  /** the contract */
  contract?: string;
  /** nobody else may operate it */
  exclusive?: boolean;
  /** first day, YYYY-MM-DD */
  from: string;
  /** who operates it */
  operator: string;
  /** share of the revenue, ppm */
  revenue_share_ppm?: number;
  /** scope */
  scope?: string;
  /** last day, inclusive, YYYY-MM-DD */
  to?: string;
}

export interface TechnologyEntrustedEvent extends Envelope {
  type: 'technology.entrusted';
  data: TechnologyEntrusted;
}

/** Management by an operator ends. (受托结束) */
export interface TechnologyEntrustmentEnded {
  /** who operates it */
  operator: string;
  /** scope */
  scope?: string;
}

export interface TechnologyEntrustmentEndedEvent extends Envelope {
  type: 'technology.entrustment_ended';
  data: TechnologyEntrustmentEnded;
}

/** An annual fee is paid. (年费缴纳) */
export interface TechnologyFeePaid {
  /** amount, fen */
  amount_fen: number;
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** year */
  year: number;
}

export interface TechnologyFeePaidEvent extends Envelope {
  type: 'technology.fee_paid';
  data: TechnologyFeePaid;
}

/** A patent is granted. (授权公告) */
export interface TechnologyGranted {
  /** last day of the right, YYYY-MM-DD */
  expiry: string;
  /** day of the grant, YYYY-MM-DD */
  granted: string;
  /** number of the patent or application */
  patent_no: string;
}

export interface TechnologyGrantedEvent extends Envelope {
  type: 'technology.granted';
  data: TechnologyGranted;
}

/** The right is invalidated from its beginning; what was performed stands. (宣告无效) */
export interface TechnologyInvalidated {
  /** day of the decision, YYYY-MM-DD */
  decision_date: string;
  /** no appeal is open */
  final?: boolean;
  /** the whole right or part of it */
  scope: 'whole' | 'part';
}

export interface TechnologyInvalidatedEvent extends Envelope {
  type: 'technology.invalidated';
  data: TechnologyInvalidated;
}

/** The right ends: fee CF01, expiry CX01, abandon AV01. (权利终止) */
export interface TechnologyLapsed {
  /** why it ended */
  reason: 'fee' | 'expiry' | 'abandon';
}

export interface TechnologyLapsedEvent extends Envelope {
  type: 'technology.lapsed';
  data: TechnologyLapsed;
}

/** A technology or patent becomes known. (成果发布) */
export interface TechnologyPublished {
  /** asking price, fen */
  ask_fen?: number;
  /** way of paying that is asked for */
  ask_mode?: 'free' | 'lump' | 'instalment' | 'deferred' | 'conditional' | 'milestone' | 'royalty' | 'entry_plus_royalty' | 'equity' | 'pending' | 'mixed' | 'other';
  /** field of technology */
  field?: 'electronics' | 'aerospace' | 'adv_manufacturing' | 'bio_medical' | 'new_materials' | 'new_energy' | 'environment' | 'nuclear' | 'agriculture' | 'transport' | 'urban_social';
  /** day of filing, YYYY-MM-DD */
  filed?: string;
  /** day of the grant, YYYY-MM-DD */
  granted?: string;
  /** inventors */
  inventors?: string[];
  /** kind of intellectual property */
  ip_kind: 'none' | 'know_how' | 'invention' | 'utility_model' | 'design' | 'software' | 'ic_layout' | 'plant_variety' | 'bio_medicine' | 'patent_application' | 'other';
  /** owners; shares sum to 1,000,000 */
  owners: PartyShare[];
  /** number of the patent or application */
  patent_no?: string;
  /** public programme it comes from */
  program?: 'national' | 'ministry' | 'province' | 'city_county' | 'none';
  /** project it comes from */
  project?: string;
  /** title */
  title: string;
  /** technology readiness level, 1 to 9 */
  trl?: number;
}

export interface TechnologyPublishedEvent extends Envelope {
  type: 'technology.published';
  data: TechnologyPublished;
}

/** A right that lapsed for a fee is restored. (权利恢复) */
export interface TechnologyRestored {
}

export interface TechnologyRestoredEvent extends Envelope {
  type: 'technology.restored';
  data: TechnologyRestored;
}

/** Persons are given ownership or long use. (赋权) */
export interface TechnologyRightsGranted {
  /** natural persons */
  persons: string[];
  /** share of the revenue, ppm */
  revenue_share_ppm?: number;
  /** right that is granted */
  right: 'ownership' | 'long_use';
  /** share, ppm */
  share_ppm?: number;
  /** years */
  years?: number;
}

export interface TechnologyRightsGrantedEvent extends Envelope {
  type: 'technology.rights_granted';
  data: TechnologyRightsGranted;
}

/** The asset is kept in a book of its own. (单列管理) */
export interface TechnologySeparatelyManaged {
  /** book in which the asset is kept apart */
  book: string;
}

export interface TechnologySeparatelyManagedEvent extends Envelope {
  type: 'technology.separately_managed';
  data: TechnologySeparatelyManaged;
}

/** A share passes from one owner to another. (权属转移) */
export interface TechnologyTransferred {
  /** the contract */
  contract?: string;
  /** party that gives the share */
  from: string;
  /** share, ppm */
  share_ppm: number;
  /** party that takes the share */
  to: string;
}

export interface TechnologyTransferredEvent extends Envelope {
  type: 'technology.transferred';
  data: TechnologyTransferred;
}

/** Attributes of a technology change from the effective date on. (成果变更) */
export interface TechnologyUpdated {
  /** attributes that change, at least one */
  changed: TechnologyChanges;
}

export interface TechnologyUpdatedEvent extends Envelope {
  type: 'technology.updated';
  data: TechnologyUpdated;
}

/** A technology is valued or evaluated. (价值评估) */
export interface TechnologyValued {
  /** amount, fen */
  amount_fen?: number;
  /** who valued it */
  appraiser?: string;
  /** valuation of a price or evaluation of merit */
  kind?: 'valuation' | 'evaluation';
  /** method of valuation */
  method?: string;
}

export interface TechnologyValuedEvent extends Envelope {
  type: 'technology.valued';
  data: TechnologyValued;
}

/** The licensee decides to pay and go on. (试用转正) */
export interface TrialConverted {
  /** what the trial becomes */
  into?: 'license' | 'transfer';
  /** sums that are owed */
  obligations?: ObligationTerm[];
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** way of paying */
  pay_mode: 'free' | 'lump' | 'instalment' | 'deferred' | 'conditional' | 'milestone' | 'royalty' | 'entry_plus_royalty' | 'equity' | 'pending' | 'mixed' | 'other';
  /** royalty terms */
  royalty?: RoyaltyTerm;
  /** total, fen */
  total_fen?: number;
}

export interface TrialConvertedEvent extends Envelope {
  type: 'trial.converted';
  data: TrialConverted;
}

/** The licensee decides against it. (试用放弃) */
export interface TrialDeclined {
  /** the day it happened, YYYY-MM-DD */
  on: string;
  /** reason */
  reason: string;
  /** last day of use, YYYY-MM-DD */
  stop_use_by?: string;
}

export interface TrialDeclinedEvent extends Envelope {
  type: 'trial.declined';
  data: TrialDeclined;
}

/** The free trial is extended. (试用延长) */
export interface TrialExtended {
  /** new last day, inclusive, YYYY-MM-DD */
  new_end: string;
}

export interface TrialExtendedEvent extends Envelope {
  type: 'trial.extended';
  data: TrialExtended;
}

/** The free trial starts. (试用开始) */
export interface TrialStarted {
  /** last day, inclusive, YYYY-MM-DD */
  end: string;
  /** first day, YYYY-MM-DD */
  start: string;
}

export interface TrialStartedEvent extends Envelope {
  type: 'trial.started';
  data: TrialStarted;
}

/** Use or sales of a period are reported. (使用报告) */
export interface UsageReported {
  /** base of the period before deductions, fen */
  base_fen?: number;
  /** deductions that the contract allows */
  deductions?: Deduction[];
  /** last day of the period, YYYY-MM-DD */
  period_end: string;
  /** first day of the period, YYYY-MM-DD */
  period_start: string;
  /** number of units */
  units?: number;
}

export interface UsageReportedEvent extends Envelope {
  type: 'usage.reported';
  data: UsageReported;
}

/** A venture is founded on a technology. (企业设立) */
export interface VentureFounded {
  /** the company */
  company: string;
  /** natural persons who found it */
  founders?: string[];
  /** technologies */
  technologies?: string[];
}

export interface VentureFoundedEvent extends Envelope {
  type: 'venture.founded';
  data: VentureFounded;
}

export type Event =
  | CalendarDayMarkedEvent
  | ClaimAdjustedEvent
  | ClaimDeterminedEvent
  | ClaimFiledEvent
  | ClaimPaidEvent
  | ClaimRecoveredEvent
  | ClaimRejectedEvent
  | CommissionAgreedEvent
  | ContractAmendedEvent
  | ContractCompletedEvent
  | ContractDraftedEvent
  | ContractFiledEvent
  | ContractNovatedEvent
  | ContractRegisteredEvent
  | ContractRegistrationAppliedEvent
  | ContractRegistrationChangedEvent
  | ContractRegistrationRejectedEvent
  | ContractRegistrationRevokedEvent
  | ContractResumedEvent
  | ContractSignedEvent
  | ContractSuspendedEvent
  | ContractTerminatedEvent
  | ContractTookEffectEvent
  | ContractVoidedEvent
  | EffectEvaluatedEvent
  | EquityIssuedEvent
  | EventReversedEvent
  | InterestAssessedEvent
  | InvoiceCancelledEvent
  | InvoiceIssuedEvent
  | MatchClosedEvent
  | MatchIntroducedEvent
  | MilestoneMissedEvent
  | MilestoneReachedEvent
  | NeedClosedEvent
  | NeedPublishedEvent
  | NoteAddedEvent
  | ObligationAcknowledgedEvent
  | ObligationAssignedEvent
  | ObligationDemandedEvent
  | ObligationDisputeResolvedEvent
  | ObligationDisputedEvent
  | ObligationRescheduledEvent
  | ObligationScheduledEvent
  | ObligationSetOffEvent
  | ObligationWaivedEvent
  | ObligationWrittenOffEvent
  | OpenLicenseAcceptedEvent
  | OpenLicenseDeclaredEvent
  | OpenLicenseWithdrawnEvent
  | PartyAccreditationEndedEvent
  | PartyAccreditedEvent
  | PartyMergedEvent
  | PartyRegisteredEvent
  | PartyUpdatedEvent
  | PaymentAppliedEvent
  | PaymentReceivedEvent
  | PaymentRefundedEvent
  | PaymentReturnedEvent
  | PaymentUnappliedEvent
  | PeriodClosedEvent
  | PledgeChangedEvent
  | PledgeEnforcedEvent
  | PledgeLoanRepaidEvent
  | PledgeRegisteredEvent
  | PledgeReleasedEvent
  | PolicyBoundEvent
  | PolicyCancelledEvent
  | PolicyEndorsedEvent
  | PoolDistributedEvent
  | PoolFormedEvent
  | PoolMemberAdmittedEvent
  | PoolMemberLeftEvent
  | PoolPatentAdmittedEvent
  | PoolPatentRemovedEvent
  | PoolRuleSetEvent
  | RatePublishedEvent
  | RewardPaidEvent
  | RoyaltyAuditedEvent
  | RoyaltyStatedEvent
  | StatisticPublishedEvent
  | SystemLoadEndedEvent
  | SystemRulesAdoptedEvent
  | SystemStartedEvent
  | TargetRevisedEvent
  | TargetSetEvent
  | TechnologyCommercializedEvent
  | TechnologyEntrustedEvent
  | TechnologyEntrustmentEndedEvent
  | TechnologyFeePaidEvent
  | TechnologyGrantedEvent
  | TechnologyInvalidatedEvent
  | TechnologyLapsedEvent
  | TechnologyPublishedEvent
  | TechnologyRestoredEvent
  | TechnologyRightsGrantedEvent
  | TechnologySeparatelyManagedEvent
  | TechnologyTransferredEvent
  | TechnologyUpdatedEvent
  | TechnologyValuedEvent
  | TrialConvertedEvent
  | TrialDeclinedEvent
  | TrialExtendedEvent
  | TrialStartedEvent
  | UsageReportedEvent
  | VentureFoundedEvent;
