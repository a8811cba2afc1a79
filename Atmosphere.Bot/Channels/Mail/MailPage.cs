namespace Atmosphere.Bot.Channels.Mail;

/// <summary>The content of a mail, or of a page that a mail links to; written as HTML and as plain text.</summary>
/// <param name="Language">en, he or es.</param>
internal sealed record MailPage(string Language, string Title)
{
    public bool IsRightToLeft => Language == "he";

    /// <summary>Sentences under the title.</summary>
    public IReadOnlyList<string> Intro { get; init; } = [];

    /// <summary>The main figures.</summary>
    public IReadOnlyList<MailTile> Tiles { get; init; } = [];

    public IReadOnlyList<MailPlot> Plots { get; init; } = [];

    /// <summary>Further sections, in order.</summary>
    public IReadOnlyList<MailSection> Sections { get; init; } = [];

    /// <summary>Null: there is nothing to press.</summary>
    public MailButton? Button { get; init; }

    /// <summary>Small print at the end.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];

    /// <summary>A link at the very end.</summary>
    public MailButton? Link { get; init; }
}

/// <param name="Note">Such as the figure of the week before; null: nothing to compare.</param>
internal sealed record MailTile(string Label, string Value, string? Note);

/// <param name="Name">Name of the picture.</param>
/// <param name="Alt">The same in words.</param>
internal sealed record MailPlot(string Name, string Heading, string Alt);

/// <param name="Faces">Pictures of people, under the lines.</param>
internal sealed record MailSection(string Heading, IReadOnlyList<string> Lines, IReadOnlyList<MailFace>? Faces = null);

/// <param name="Picture">Name of the picture.</param>
internal sealed record MailFace(string Name, string Picture);

/// <param name="Address">Null: the button posts to the page's own address.</param>
internal sealed record MailButton(string Text, Uri? Address);
