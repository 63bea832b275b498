import SLA

// What the contract refuses knows of no program; all of it is bad data.

extension ExclusionError: ClassifiedError {}
extension CorrectionError: ClassifiedError {}
extension IncidentError: ClassifiedError {}
extension MaintenanceError: ClassifiedError {}
extension SuspensionError: ClassifiedError {}
extension TermsError: ClassifiedError {}
