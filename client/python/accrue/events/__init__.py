"""The types of the vocabulary: X is the data of a type x, XEvent an event that
can be appended. Made by client/generate-types from `accrue schema --json`; do not edit.
"""

from . import shapes
from .envelope import Envelope, StoredEvent
from .calendar import CalendarDayMarked, CalendarDayMarkedEvent
from .claim import (
    ClaimAdjusted, ClaimAdjustedEvent, ClaimDetermined, ClaimDeterminedEvent, ClaimFiled,
    ClaimFiledEvent, ClaimPaid, ClaimPaidEvent, ClaimRecovered, ClaimRecoveredEvent,
    ClaimRejected, ClaimRejectedEvent,
)
from .commission import CommissionAgreed, CommissionAgreedEvent
from .contract import (
    ContractAmended, ContractAmendedEvent, ContractCompleted, ContractCompletedEvent,
    ContractDrafted, ContractDraftedEvent, ContractFiled, ContractFiledEvent, ContractNovated,
    ContractNovatedEvent, ContractRegistered, ContractRegisteredEvent,
    ContractRegistrationApplied, ContractRegistrationAppliedEvent, ContractRegistrationChanged,
    ContractRegistrationChangedEvent, ContractRegistrationRejected,
    ContractRegistrationRejectedEvent, ContractRegistrationRevoked,
    ContractRegistrationRevokedEvent, ContractResumed, ContractResumedEvent, ContractSigned,
    ContractSignedEvent, ContractSuspended, ContractSuspendedEvent, ContractTerminated,
    ContractTerminatedEvent, ContractTookEffect, ContractTookEffectEvent, ContractVoided,
    ContractVoidedEvent,
)
from .effect import EffectEvaluated, EffectEvaluatedEvent
from .equity import EquityIssued, EquityIssuedEvent
from .event import EventReversed, EventReversedEvent
from .interest import InterestAssessed, InterestAssessedEvent
from .invoice import InvoiceCancelled, InvoiceCancelledEvent, InvoiceIssued, InvoiceIssuedEvent
from .match import MatchClosed, MatchClosedEvent, MatchIntroduced, MatchIntroducedEvent
from .milestone import (
    MilestoneMissed, MilestoneMissedEvent, MilestoneReached, MilestoneReachedEvent,
)
from .need import NeedClosed, NeedClosedEvent, NeedPublished, NeedPublishedEvent
from .note import NoteAdded, NoteAddedEvent
from .obligation import (
    ObligationAcknowledged, ObligationAcknowledgedEvent, ObligationAssigned,
    ObligationAssignedEvent, ObligationDemanded, ObligationDemandedEvent,
    ObligationDisputeResolved, ObligationDisputeResolvedEvent, ObligationDisputed,
    ObligationDisputedEvent, ObligationRescheduled, ObligationRescheduledEvent,
    ObligationScheduled, ObligationScheduledEvent, ObligationSetOff, ObligationSetOffEvent,
    ObligationWaived, ObligationWaivedEvent, ObligationWrittenOff, ObligationWrittenOffEvent,
)
from .open_license import (
    OpenLicenseAccepted, OpenLicenseAcceptedEvent, OpenLicenseDeclared, OpenLicenseDeclaredEvent,
    OpenLicenseWithdrawn, OpenLicenseWithdrawnEvent,
)
from .party import (
    PartyAccreditationEnded, PartyAccreditationEndedEvent, PartyAccredited, PartyAccreditedEvent,
    PartyMerged, PartyMergedEvent, PartyRegistered, PartyRegisteredEvent, PartyUpdated,
    PartyUpdatedEvent,
)
from .payment import (
    PaymentApplied, PaymentAppliedEvent, PaymentReceived, PaymentReceivedEvent, PaymentRefunded,
    PaymentRefundedEvent, PaymentReturned, PaymentReturnedEvent, PaymentUnapplied,
    PaymentUnappliedEvent,
)
from .period import PeriodClosed, PeriodClosedEvent
from .pledge import (
    PledgeChanged, PledgeChangedEvent, PledgeEnforced, PledgeEnforcedEvent, PledgeLoanRepaid,
    PledgeLoanRepaidEvent, PledgeRegistered, PledgeRegisteredEvent, PledgeReleased,
    PledgeReleasedEvent,
)
from .policy import (
    PolicyBound, PolicyBoundEvent, PolicyCancelled, PolicyCancelledEvent, PolicyEndorsed,
    PolicyEndorsedEvent,
)
from .pool import (
    PoolDistributed, PoolDistributedEvent, PoolFormed, PoolFormedEvent, PoolMemberAdmitted,
    PoolMemberAdmittedEvent, PoolMemberLeft, PoolMemberLeftEvent, PoolPatentAdmitted,
    PoolPatentAdmittedEvent, PoolPatentRemoved, PoolPatentRemovedEvent, PoolRuleSet,
    PoolRuleSetEvent,
)
from .rate import RatePublished, RatePublishedEvent
from .reward import RewardPaid, RewardPaidEvent
from .royalty import RoyaltyAudited, RoyaltyAuditedEvent, RoyaltyStated, RoyaltyStatedEvent
from .statistic import StatisticPublished, StatisticPublishedEvent
from .system import (
    SystemLoadEnded, SystemLoadEndedEvent, SystemRulesAdopted, SystemRulesAdoptedEvent,
    SystemStarted, SystemStartedEvent,
)
from .target import TargetRevised, TargetRevisedEvent, TargetSet, TargetSetEvent
from .technology import (
    TechnologyCommercialized, TechnologyCommercializedEvent, TechnologyEntrusted,
    TechnologyEntrustedEvent, TechnologyEntrustmentEnded, TechnologyEntrustmentEndedEvent,
    TechnologyFeePaid, TechnologyFeePaidEvent, TechnologyGranted, TechnologyGrantedEvent,
    TechnologyInvalidated, TechnologyInvalidatedEvent, TechnologyLapsed, TechnologyLapsedEvent,
    TechnologyPublished, TechnologyPublishedEvent, TechnologyRestored, TechnologyRestoredEvent,
    TechnologyRightsGranted, TechnologyRightsGrantedEvent, TechnologySeparatelyManaged,
    TechnologySeparatelyManagedEvent, TechnologyTransferred, TechnologyTransferredEvent,
    TechnologyUpdated, TechnologyUpdatedEvent, TechnologyValued, TechnologyValuedEvent,
)
from .trial import (
    TrialConverted, TrialConvertedEvent, TrialDeclined, TrialDeclinedEvent, TrialExtended,
    TrialExtendedEvent, TrialStarted, TrialStartedEvent,
)
from .usage import UsageReported, UsageReportedEvent
from .venture import VentureFounded, VentureFoundedEvent

Event = (
    CalendarDayMarkedEvent
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
    | VentureFoundedEvent
)

__all__ = [
    "CalendarDayMarked",
    "CalendarDayMarkedEvent",
    "ClaimAdjusted",
    "ClaimAdjustedEvent",
    "ClaimDetermined",
    "ClaimDeterminedEvent",
    "ClaimFiled",
    "ClaimFiledEvent",
    "ClaimPaid",
    "ClaimPaidEvent",
    "ClaimRecovered",
    "ClaimRecoveredEvent",
    "ClaimRejected",
    "ClaimRejectedEvent",
    "CommissionAgreed",
    "CommissionAgreedEvent",
    "ContractAmended",
    "ContractAmendedEvent",
    "ContractCompleted",
    "ContractCompletedEvent",
    "ContractDrafted",
    "ContractDraftedEvent",
    "ContractFiled",
    "ContractFiledEvent",
    "ContractNovated",
    "ContractNovatedEvent",
    "ContractRegistered",
    "ContractRegisteredEvent",
    "ContractRegistrationApplied",
    "ContractRegistrationAppliedEvent",
    "ContractRegistrationChanged",
    "ContractRegistrationChangedEvent",
    "ContractRegistrationRejected",
    "ContractRegistrationRejectedEvent",
    "ContractRegistrationRevoked",
    "ContractRegistrationRevokedEvent",
    "ContractResumed",
    "ContractResumedEvent",
    "ContractSigned",
    "ContractSignedEvent",
    "ContractSuspended",
    "ContractSuspendedEvent",
    "ContractTerminated",
    "ContractTerminatedEvent",
    "ContractTookEffect",
    "ContractTookEffectEvent",
    "ContractVoided",
    "ContractVoidedEvent",
    "EffectEvaluated",
    "EffectEvaluatedEvent",
    "Envelope",
    "EquityIssued",
    "EquityIssuedEvent",
    "Event",
    "EventReversed",
    "EventReversedEvent",
    "InterestAssessed",
    "InterestAssessedEvent",
    "InvoiceCancelled",
    "InvoiceCancelledEvent",
    "InvoiceIssued",
    "InvoiceIssuedEvent",
    "MatchClosed",
    "MatchClosedEvent",
    "MatchIntroduced",
    "MatchIntroducedEvent",
    "MilestoneMissed",
    "MilestoneMissedEvent",
    "MilestoneReached",
    "MilestoneReachedEvent",
    "NeedClosed",
    "NeedClosedEvent",
    "NeedPublished",
    "NeedPublishedEvent",
    "NoteAdded",
    "NoteAddedEvent",
    "ObligationAcknowledged",
    "ObligationAcknowledgedEvent",
    "ObligationAssigned",
    "ObligationAssignedEvent",
    "ObligationDemanded",
    "ObligationDemandedEvent",
    "ObligationDisputeResolved",
    "ObligationDisputeResolvedEvent",
    "ObligationDisputed",
    "ObligationDisputedEvent",
    "ObligationRescheduled",
    "ObligationRescheduledEvent",
    "ObligationScheduled",
    "ObligationScheduledEvent",
    "ObligationSetOff",
    "ObligationSetOffEvent",
    "ObligationWaived",
    "ObligationWaivedEvent",
    "ObligationWrittenOff",
    "ObligationWrittenOffEvent",
    "OpenLicenseAccepted",
    "OpenLicenseAcceptedEvent",
    "OpenLicenseDeclared",
    "OpenLicenseDeclaredEvent",
    "OpenLicenseWithdrawn",
    "OpenLicenseWithdrawnEvent",
    "PartyAccreditationEnded",
    "PartyAccreditationEndedEvent",
    "PartyAccredited",
    "PartyAccreditedEvent",
    "PartyMerged",
    "PartyMergedEvent",
    "PartyRegistered",
    "PartyRegisteredEvent",
    "PartyUpdated",
    "PartyUpdatedEvent",
    "PaymentApplied",
    "PaymentAppliedEvent",
    "PaymentReceived",
    "PaymentReceivedEvent",
    "PaymentRefunded",
    "PaymentRefundedEvent",
    "PaymentReturned",
    "PaymentReturnedEvent",
    "PaymentUnapplied",
    "PaymentUnappliedEvent",
    "PeriodClosed",
    "PeriodClosedEvent",
    "PledgeChanged",
    "PledgeChangedEvent",
    "PledgeEnforced",
    "PledgeEnforcedEvent",
    "PledgeLoanRepaid",
    "PledgeLoanRepaidEvent",
    "PledgeRegistered",
    "PledgeRegisteredEvent",
    "PledgeReleased",
    "PledgeReleasedEvent",
    "PolicyBound",
    "PolicyBoundEvent",
    "PolicyCancelled",
    "PolicyCancelledEvent",
    "PolicyEndorsed",
    "PolicyEndorsedEvent",
    "PoolDistributed",
    "PoolDistributedEvent",
    "PoolFormed",
    "PoolFormedEvent",
    "PoolMemberAdmitted",
    "PoolMemberAdmittedEvent",
    "PoolMemberLeft",
    "PoolMemberLeftEvent",
    "PoolPatentAdmitted",
    "PoolPatentAdmittedEvent",
    "PoolPatentRemoved",
    "PoolPatentRemovedEvent",
    "PoolRuleSet",
    "PoolRuleSetEvent",
    "RatePublished",
    "RatePublishedEvent",
    "RewardPaid",
    "RewardPaidEvent",
    "RoyaltyAudited",
    "RoyaltyAuditedEvent",
    "RoyaltyStated",
    "RoyaltyStatedEvent",
    "StatisticPublished",
    "StatisticPublishedEvent",
    "StoredEvent",
    "SystemLoadEnded",
    "SystemLoadEndedEvent",
    "SystemRulesAdopted",
    "SystemRulesAdoptedEvent",
    "SystemStarted",
    "SystemStartedEvent",
    "TargetRevised",
    "TargetRevisedEvent",
    "TargetSet",
    "TargetSetEvent",
    "TechnologyCommercialized",
    "TechnologyCommercializedEvent",
    "TechnologyEntrusted",
    "TechnologyEntrustedEvent",
    "TechnologyEntrustmentEnded",
    "TechnologyEntrustmentEndedEvent",
    "TechnologyFeePaid",
    "TechnologyFeePaidEvent",
    "TechnologyGranted",
    "TechnologyGrantedEvent",
    "TechnologyInvalidated",
    "TechnologyInvalidatedEvent",
    "TechnologyLapsed",
    "TechnologyLapsedEvent",
    "TechnologyPublished",
    "TechnologyPublishedEvent",
    "TechnologyRestored",
    "TechnologyRestoredEvent",
    "TechnologyRightsGranted",
    "TechnologyRightsGrantedEvent",
    "TechnologySeparatelyManaged",
    "TechnologySeparatelyManagedEvent",
    "TechnologyTransferred",
    "TechnologyTransferredEvent",
    "TechnologyUpdated",
    "TechnologyUpdatedEvent",
    "TechnologyValued",
    "TechnologyValuedEvent",
    "TrialConverted",
    "TrialConvertedEvent",
    "TrialDeclined",
    "TrialDeclinedEvent",
    "TrialExtended",
    "TrialExtendedEvent",
    "TrialStarted",
    "TrialStartedEvent",
    "UsageReported",
    "UsageReportedEvent",
    "VentureFounded",
    "VentureFoundedEvent",
    "shapes",
]
