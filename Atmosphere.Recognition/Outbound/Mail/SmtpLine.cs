using System.Globalization;
using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.Utils;

namespace Atmosphere.Recognition.Outbound.Mail;

/// <summary>A connection to an SMTP server, ready for one mail.</summary>
internal sealed class SmtpLine(SmtpClient client, SmtpMail.DataWatch watch, MailOptions options) : IMailLine
{
    private const int LastTemporary = 499;

    public async Task<MailAnswer> SendAsync(WrittenMail mail, CancellationToken cancellation)
    {
        using var message = Message(mail);
        try
        {
            var words = await client.SendAsync(message, cancellation);
            return new MailAnswer(MailVerdict.Accepted, Without(mail.To, words));
        }
        catch (SmtpCommandException refused)
        {
            var words = Without(mail.To, $"{((int)refused.StatusCode).ToString(CultureInfo.InvariantCulture)} {refused.Message}");
            return new MailAnswer((int)refused.StatusCode <= LastTemporary ? MailVerdict.Later : MailVerdict.Refused, words);
        }
        catch (Exception error) when (error is SmtpProtocolException or IOException or TimeoutException or OperationCanceledException)
        {
            // After the mail was handed over the server may have it, although its answer was lost.
            return watch.Begun
                ? new MailAnswer(MailVerdict.Unknown, $"The connection ended after the mail was handed over: {Without(mail.To, error.Message)}")
                : new MailAnswer(MailVerdict.Later, $"The connection ended before the mail was handed over: {Without(mail.To, error.Message)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception error) when (error is IOException or SmtpProtocolException or SmtpCommandException or TimeoutException or ObjectDisposedException)
        {
            // The server has answered; how it says goodbye does not matter.
        }

        client.Dispose();
    }

    private MimeMessage Message(WrittenMail mail)
    {
        var from = MailboxAddress.Parse(options.From ?? "");
        var message = new MimeMessage { Subject = mail.Subject, Date = mail.Date, MessageId = $"{mail.Name}@{from.Domain}" };
        message.From.Add(from);
        message.To.Add(MailboxAddress.Parse(mail.To));
        message.Headers.Add("Content-Language", mail.Language);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add("List-Unsubscribe", $"<{unsubscribe.AbsoluteUri}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        var body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html };
        foreach (var picture in mail.Pictures)
        {
            var part = (MimePart)body.LinkedResources.Add($"{picture.Name}.{picture.Format}", picture.Bytes, new ContentType("image", picture.Format));
            part.ContentId = MimeUtils.EnumerateReferences($"<{picture.Name}@{from.Domain}>").First();
            body.HtmlBody = body.HtmlBody.Replace($"cid:{picture.Name}\"", $"cid:{part.ContentId}\"", StringComparison.Ordinal);
        }

        message.Body = body.ToMessageBody();
        return message;
    }

    private static string Without(string address, string words) => words.Replace(address, "the address", StringComparison.OrdinalIgnoreCase);
}
