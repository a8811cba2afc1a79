using Atmosphere.Bot.Channels.Access;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Atmosphere.Bot.Channels.WhatsApp.Container;

/// <summary>A multipart body: the part "message" is the JSON without media, each file is a photo.</summary>
/// <param name="Message">JSON.</param>
/// <param name="Files">The files, in order.</param>
internal sealed record ContainerParts(byte[] Message, IReadOnlyList<ContainerFile> Files)
{
    private const int LongestBoundary = 128;

    /// <exception cref="RefusedRequestException">415: not JSON or multipart; 400: malformed; 422: missing or too many parts.</exception>
    public static async Task<ContainerParts> ReadAsync(string? contentType, Stream body)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= LongestBoundary } boundary)
        {
            throw new RefusedRequestException(415, "Send the message as application/json, or as multipart/form-data with a part 'message' and the files.");
        }

        byte[]? message = null;
        var files = new List<ContainerFile>();
        try
        {
            var reader = new MultipartReader(boundary.ToString(), body);
            while (await reader.ReadNextSectionAsync() is { } section)
            {
                using var memory = new MemoryStream();
                await section.Body.CopyToAsync(memory);
                var disposition = section.GetContentDispositionHeader();
                if (disposition is null)
                    continue;
                if (HeaderUtilities.RemoveQuotes(disposition.Name).Equals("message", StringComparison.Ordinal))
                    message = memory.ToArray();
                else if (PartKind.IsFile(disposition, section.ContentType, memory.GetBuffer().AsSpan(0, (int)memory.Length)))
                    files.Add(new ContainerFile(memory.ToArray(), section.ContentType ?? "", null));
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw new RefusedRequestException(400, "The multipart body is damaged, or broke off before its end.");
        }

        if (message is null)
            throw new RefusedRequestException(422, "The part 'message' is missing: it is the JSON of the message.");
        if (files.Count > ContainerMessage.MostMedia || files.Any(file => file.Bytes.Length is 0 or > RequestBody.LargestFile))
            throw new RefusedRequestException(422, $"At most {ContainerMessage.MostMedia} files come with a message, none of them empty or larger than 25 MB.");
        return new ContainerParts(message, files);
    }
}
