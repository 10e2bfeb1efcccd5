package tokenizer

import (
	"encoding/json"
	"fmt"
)

// around reads which tokens stand before and after a text.
func (t *Tokenizer) around(data json.RawMessage) error {
	var p struct {
		Type       string            `json:"type"`
		Processors []json.RawMessage `json:"processors"`
		Single     []struct {
			Special *struct{ ID string } `json:"SpecialToken"`
		} `json:"single"`
		Tokens map[string]struct{ IDs []int } `json:"special_tokens"`
		Sep    []any                          `json:"sep"` // name and number
		Cls    []any                          `json:"cls"`
	}
	if len(data) == 0 || string(data) == "null" {
		return nil
	}
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	switch p.Type {
	case "Sequence":
		for _, q := range p.Processors {
			if err := t.around(q); err != nil {
				return err
			}
		}
	case "ByteLevel": // changes places in the text alone
	case "TemplateProcessing":
		to := &t.before
		for _, part := range p.Single {
			if part.Special == nil {
				to = &t.after
				continue
			}
			token, ok := p.Tokens[part.Special.ID]
			if !ok {
				return fmt.Errorf("no token %s", part.Special.ID)
			}
			*to = append(*to, token.IDs...)
		}
	case "BertProcessing", "RobertaProcessing":
		for _, x := range []struct {
			from []any
			to   *[]int
		}{{p.Cls, &t.before}, {p.Sep, &t.after}} {
			if len(x.from) != 2 {
				return fmt.Errorf("%s without its two tokens", p.Type)
			}
			id, ok := x.from[1].(float64)
			if !ok {
				return fmt.Errorf("token %v", x.from)
			}
			*x.to = append(*x.to, int(id))
		}
	default:
		return fmt.Errorf("%q is not known here", p.Type)
	}
	return nil
}
