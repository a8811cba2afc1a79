using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Mail;

/// <summary>
/// GET and POST /mail/confirm/{token} and /mail/unsubscribe/{token}. A GET only shows a button, because mail programs and virus scanners open
/// links by themselves; a POST acts: from the button, or from a mail program by RFC 8058.
/// </summary>
internal static class MailEndpoints
{
    private const string Token = "{token}";

    public static void MapMail(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(MailLinks.ConfirmPath + Token, (string token, HttpContext context, MailLinks links, MailTexts texts) =>
            Ask(token, context, links, texts, MailLinks.ConfirmPath, language => texts.Page(language, "reports.confirm-title", "reports.confirm", "reports.confirm-button")));
        endpoints.MapPost(MailLinks.ConfirmPath + Token, ConfirmAsync);
        endpoints.MapGet(MailLinks.UnsubscribePath + Token, (string token, HttpContext context, MailLinks links, MailTexts texts) =>
            Ask(token, context, links, texts, MailLinks.UnsubscribePath, language => texts.Page(language, "reports.leave-title", "reports.leave", "reports.leave-button")));
        endpoints.MapPost(MailLinks.UnsubscribePath + Token, LeaveAsync);
    }

    private static IResult Ask(string token, HttpContext context, MailLinks links, MailTexts texts, string path, Func<string, MailPage> page) =>
        links.Open(path, token) is { } link ? Page(context, page(link.Language)) : Page(context, Gone(texts, "en"), StatusCodes.Status404NotFound);

    private static async Task<IResult> ConfirmAsync(
        string token, HttpContext context, MailLinks links, MailTexts texts, ReportSubscriptions subscriptions, Database database)
    {
        if (links.Open(MailLinks.ConfirmPath, token) is not { } link)
            return Page(context, Gone(texts, "en"), StatusCodes.Status404NotFound);
        return await database.WriteAsync(session => subscriptions.ConfirmAsync(session, link.Subscriber), context.RequestAborted)
            ? Page(context, texts.Page(link.Language, "reports.confirmed-title", "reports.confirmed"))
            : Page(context, Gone(texts, link.Language), StatusCodes.Status410Gone);
    }

    private static async Task<IResult> LeaveAsync(
        string token, HttpContext context, MailLinks links, MailTexts texts, Database database)
    {
        if (links.Open(MailLinks.UnsubscribePath, token) is not { } link)
            return Page(context, Gone(texts, "en"), StatusCodes.Status404NotFound);

        // Repeated requests get the same answer: the address gets no reports.
        _ = await database.WriteAsync(session => ReportSubscriptions.LeaveAsync(session, link.Subscriber), context.RequestAborted);
        return Page(context, texts.Page(link.Language, "reports.left-title", "reports.left"));
    }

    private static MailPage Gone(MailTexts texts, string language) => texts.Page(language, "reports.gone-title", "reports.gone");

    private static IResult Page(HttpContext context, MailPage page, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(MailHtml.Write(page), "text/html; charset=utf-8", statusCode: status);
    }
}
