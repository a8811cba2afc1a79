using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Outbound;

/// <summary>For hosts that write no mails.</summary>
internal sealed class NoMailTexts : IMailTexts
{
    public Task<WrittenMail> WriteAsync(MailDraft draft, CancellationToken cancellation) => throw new HopelessException("This program writes no mails.");
}
