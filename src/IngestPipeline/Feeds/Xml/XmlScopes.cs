using IngestPipeline.Feeds.Text;

namespace IngestPipeline.Feeds.Xml;

/// <summary>The open elements, with the namespaces, base address and language in force in each.</summary>
internal sealed class XmlScopes
{
    // A hostile document may declare prefixes without end.
    private const int MostBindings = 128;

    private readonly record struct Binding(string Prefix, string Namespace, XmlVocabulary Vocabulary);

    /// <summary>One open element.</summary>
    internal readonly record struct Scope(
        XmlName Name, XmlVocabulary Vocabulary, string? Base, string? Language, XmlVocabulary Default, string DefaultNamespace, int Bindings);

    private readonly Scope[] _scopes = new Scope[XmlTokenizer.MaxDepth + 1];
    private readonly int[] _hashes = new int[XmlTokenizer.MaxDepth + 1];
    private readonly List<Binding> _bindings = [];
    private readonly Repairs _repairs;
    private string? _adoptedNamespace;
    private XmlVocabulary _adopted;

    public XmlScopes(string? baseUri, Repairs repairs)
    {
        _repairs = repairs;
        _scopes[0] = new(new("", "", ""), XmlVocabulary.Unknown, baseUri, null, XmlVocabulary.None, "", 0);
    }

    /// <summary>How many elements are open.</summary>
    public int Depth { get; private set; }

    /// <summary>The innermost open element; the document itself when none is open.</summary>
    public ref readonly Scope Current => ref _scopes[Depth];

    /// <summary>The depth of the innermost open element of a name, else of one that differs in case only; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<char> name)
    {
        // Hashes are compared many at a time: a document of nothing but stray end tags costs no more than another.
        var hash = XmlName.HashOf(name);
        var open = _hashes.AsSpan(0, Depth + 1);
        var otherCase = -1;
        while (open.LastIndexOf(hash) is > 0 and var depth)
        {
            if (name.SequenceEqual(_scopes[depth].Name.Raw))
                return depth;
            if (otherCase < 0 && name.Equals(_scopes[depth].Name.Raw, StringComparison.OrdinalIgnoreCase))
                otherCase = depth;
            open = open[..depth];
        }
        if (otherCase > 0)
            _repairs.Fault("a start and an end tag differ in case");
        return otherCase;
    }

    /// <summary>From here on the innermost element's namespace counts as a vocabulary of ours: a root element's name says more than its namespace.</summary>
    public void Adopt(XmlVocabulary vocabulary)
    {
        var scope = Current;
        _adoptedNamespace = NamespaceOf(scope.Name.Prefix, scope.DefaultNamespace);
        _adopted = vocabulary;
        for (var i = 0; i < _bindings.Count; i++)
        {
            if (_bindings[i].Namespace == _adoptedNamespace)
                _bindings[i] = _bindings[i] with { Vocabulary = vocabulary };
        }
        _scopes[Depth] = scope with
        {
            Vocabulary = vocabulary,
            Default = scope.DefaultNamespace == _adoptedNamespace ? vocabulary : scope.Default,
        };
    }

    /// <summary>Replaces the document's own base address wherever no xml:base is in force.</summary>
    public void Rebase(string baseUri)
    {
        var old = _scopes[0].Base;
        for (var i = 0; i <= Depth; i++)
        {
            if (ReferenceEquals(_scopes[i].Base, old))
                _scopes[i] = _scopes[i] with { Base = baseUri };
        }
    }

    /// <summary>Opens an element.</summary>
    public void Push(XmlName name, XmlAttributes attributes, XmlEntities entities)
    {
        ref readonly var parent = ref Current;
        var (defaultVocabulary, defaultNamespace) = (parent.Default, parent.DefaultNamespace);
        var (baseUri, language) = (parent.Base, parent.Language);
        var bindings = _bindings.Count;
        for (var i = 0; i < attributes.Count; i++)
        {
            var attribute = attributes.NameOf(i);
            if (attribute.SequenceEqual("xmlns"))
            {
                defaultNamespace = entities.ResolveValue(attributes.RawValueOf(i));
                defaultVocabulary = VocabularyOf(defaultNamespace);
            }
            else if (attribute.StartsWith("xmlns:"))
                Bind(attribute[6..].ToString(), entities.ResolveValue(attributes.RawValueOf(i)));
            else if (attribute.SequenceEqual("xml:base"))
                baseUri = UriReference.Resolve(baseUri, entities.ResolveValue(attributes.RawValueOf(i)).Trim());
            else if (attribute.SequenceEqual("xml:lang"))
                language = entities.ResolveValue(attributes.RawValueOf(i)).Trim();
        }
        for (var i = 0; i < attributes.Count; i++)
            CheckPrefix(attributes.NameOf(i));
        var vocabulary = name.Prefix.Length == 0 ? defaultVocabulary : VocabularyOfPrefix(name.Prefix);
        _hashes[Depth + 1] = name.FoldedHash;
        _scopes[++Depth] = new(name, vocabulary, baseUri, language, defaultVocabulary, defaultNamespace, bindings);
    }

    /// <summary>Closes the innermost element.</summary>
    public void Pop()
    {
        var bindings = Current.Bindings;
        if (_bindings.Count > bindings)
            _bindings.RemoveRange(bindings, _bindings.Count - bindings);
        Depth--;
    }

    private void Bind(string prefix, string name)
    {
        if (_bindings.Count >= MostBindings)
            _repairs.Note($"namespaces after the first {MostBindings} were ignored");
        else
            _bindings.Add(new(prefix, name, VocabularyOf(name)));
    }

    private XmlVocabulary VocabularyOf(string name) => name == _adoptedNamespace ? _adopted : XmlVocabularies.OfNamespace(name);

    private void CheckPrefix(ReadOnlySpan<char> attribute)
    {
        var colon = attribute.IndexOf(':');
        if (colon > 0 && !attribute.StartsWith("xml:") && !attribute.StartsWith("xmlns:") && FindBinding(attribute[..colon]) < 0)
            _repairs.Fault("a prefix is not declared");
    }

    private XmlVocabulary VocabularyOfPrefix(string prefix)
    {
        if (prefix == "xml")
            return XmlVocabulary.Xml;
        var binding = FindBinding(prefix);
        if (binding >= 0)
            return _bindings[binding].Vocabulary;
        _repairs.Fault("a prefix is not declared");
        return XmlVocabularies.OfPrefix(prefix);
    }

    private int FindBinding(ReadOnlySpan<char> prefix)
    {
        for (var i = _bindings.Count - 1; i >= 0; i--)
        {
            if (prefix.SequenceEqual(_bindings[i].Prefix))
                return i;
        }
        return -1;
    }

    private string NamespaceOf(string prefix, string defaultNamespace)
    {
        if (prefix.Length == 0)
            return defaultNamespace;
        var binding = FindBinding(prefix);
        return binding < 0 ? "" : _bindings[binding].Namespace;
    }
}
