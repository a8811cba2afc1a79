using Atmosphere.Bot.Channels.Access;
using Microsoft.Bot.Schema;
using Newtonsoft.Json;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>
/// Reads an upload: files, and optionally their activity (a part named activity, or of type application/vnd.microsoft.activity).
/// </summary>
internal static class DirectLineUpload
{
    private const string ActivityType = "application/vnd.microsoft.activity";
    private const int MostFiles = 10;

    /// <exception cref="RefusedRequestException">400, 413 or 415.</exception>
    public static async Task<(Activity Activity, IReadOnlyList<PostedFile> Files)> ReadAsync(HttpContext context)
    {
        RequestBody.Limit(context, (MostFiles * (long)RequestBody.LargestFile) + RequestBody.LargestJson);
        if (!context.Request.HasFormContentType)
            return (Bare(context), [await ReadBodyAsync(context)]);

        var (activity, files) = (Bare(context), new List<PostedFile>());
        var form = await ReadFormAsync(context);
        if (form.TryGetValue("activity", out var text) && text.Count > 0)
            activity = Parse(text.ToString());
        foreach (var file in form.Files)
        {
            if (file.Length > RequestBody.LargestFile)
                throw new RefusedRequestException(413, $"A file may have 25 MB; this one has {file.Length / 1048576} MB.");
            using var memory = new MemoryStream((int)file.Length);
            await file.CopyToAsync(memory, context.RequestAborted);
            if (file.ContentType?.StartsWith(ActivityType, StringComparison.OrdinalIgnoreCase) == true || file.Name == "activity")
                activity = Parse(System.Text.Encoding.UTF8.GetString(memory.ToArray()));
            else
                files.Add(new PostedFile(file.FileName, file.ContentType ?? "", memory.ToArray()));
        }

        if (files.Count > MostFiles)
            throw new RefusedRequestException(413, $"At most {MostFiles} files fit in one message.");
        // The activity's own attachments only repeat the names of the uploaded files.
        activity.Attachments = null;
        return (activity, files);
    }

    private static Activity Bare(HttpContext context) =>
        new() { Type = ActivityTypes.Message, From = new ChannelAccount(context.Request.Query["userId"].ToString() is { Length: > 0 } user ? user : "user") };

    private static Activity Parse(string json)
    {
        try
        {
            return ActivityJson.Read(json);
        }
        catch (JsonException)
        {
            throw new RefusedRequestException(400, "The part 'activity' is no JSON activity.");
        }
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(
                new Microsoft.AspNetCore.Http.Features.FormOptions
                {
                    MultipartBodyLengthLimit = (MostFiles * (long)RequestBody.LargestFile) + RequestBody.LargestJson,
                    ValueLengthLimit = RequestBody.LargestJson,
                },
                context.RequestAborted);
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            throw new RefusedRequestException(
                error is BadHttpRequestException bad ? bad.StatusCode : 400, "The upload cannot be read, or is too large: a file may have 25 MB.");
        }
    }

    private static async Task<PostedFile> ReadBodyAsync(HttpContext context)
    {
        if (string.IsNullOrEmpty(context.Request.ContentType) || context.Request.HasJsonContentType())
            throw new RefusedRequestException(415, "Send the files as multipart/form-data.");
        RequestBody.Limit(context, RequestBody.LargestFile);
        using var memory = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(memory, context.RequestAborted);
        }
        catch (BadHttpRequestException error)
        {
            throw new RefusedRequestException(error.StatusCode, "A file may have 25 MB.");
        }

        return new PostedFile("photo", context.Request.ContentType, memory.ToArray());
    }
}
