using Atmosphere.Recognition.Domain;

namespace Atmosphere.Recognition.Messages;

/// <summary>Count what happened in the groups, and generate the reports that are due.</summary>
/// <param name="Due">When the run was due; after a pause, the first missed one.</param>
public sealed record GenerateReport(DateTimeOffset Due) : IMessage;

/// <summary>A report was generated. It can be read from the table reports.</summary>
public sealed record ReportGenerated(ReportId Report, GroupId Group) : IMessage;

/// <summary>A mail waits to be sent.</summary>
public sealed record MailWaiting(MailId Mail) : IMessage;
